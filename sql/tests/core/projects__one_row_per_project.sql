-- Each project stands once in core.projects.
with

counted as (
    select
        filing_id,
        project_no,
        count(*) as rows_found
    from core.projects
    group by filing_id, project_no
)

select * from counted
where rows_found > 1
