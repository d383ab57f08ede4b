-- Each deadline is compared once.
with

counted as (
    select
        filing_id,
        project_no,
        indicator_no,
        count(*) as rows_found
    from mart.deadline_comparison
    group by filing_id, project_no, indicator_no
)

select * from counted
where rows_found > 1
