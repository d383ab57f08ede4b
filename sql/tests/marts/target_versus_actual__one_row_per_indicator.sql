-- Each indicator of a self-evaluation is judged once.
with

counted as (
    select
        filing_id,
        project_no,
        indicator_no,
        count(*) as rows_found
    from mart.target_versus_actual
    group by filing_id, project_no, indicator_no
)

select * from counted
where rows_found > 1
