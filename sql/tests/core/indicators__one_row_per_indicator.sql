-- Each indicator stands once in core.indicators.
with

counted as (
    select
        filing_id,
        project_no,
        indicator_no,
        count(*) as rows_found
    from core.indicators
    group by filing_id, project_no, indicator_no
)

select * from counted
where rows_found > 1
