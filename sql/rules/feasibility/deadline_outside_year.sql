-- A deadline lies in the budget year.
with

filings as (
    select * from staging.stg_filings
),

indicators as (
    select * from staging.stg_indicators
),

offending as (
    select
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        '“' || indicators.target_raw || '”，预算年度为' || filings.fiscal_year || '年' as figures,
        cast(year(indicators.due_date) - filings.fiscal_year as decimal(24, 6)) as difference,
        indicators.indicator_raw as evidence
    from indicators
    inner join filings
        on indicators.filing_id = filings.filing_id
    where year(indicators.due_date) <> filings.fiscal_year
)

select * from offending
