-- One row per value that the reader is not sure of, or that other filings of the same unit make doubtful.
with

doubts as (
    select * from intermediate.int_doubts__united
),

filings as (
    select * from staging.stg_filings
),

dated as (
    select
        doubts.*,
        filings.fiscal_year,
        filings.township
    from doubts
    inner join filings
        on doubts.filing_id = filings.filing_id
)

select * from dated
order by filing_id, doubt_no
