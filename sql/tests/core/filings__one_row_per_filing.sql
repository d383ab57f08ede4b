-- Each filing stands once in core.filings.
with

counted as (
    select
        filing_id,
        count(*) as rows_found
    from core.filings
    group by filing_id
)

select * from counted
where rows_found > 1
