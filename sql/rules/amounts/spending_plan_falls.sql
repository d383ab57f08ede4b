-- The cumulative spending plan never falls.
with

spending_plan as (
    select * from staging.stg_spending_plan
),

steps as (
    select
        *,
        lag(cumulative_pct) over (partition by filing_id, project_no order by month) as pct_before,
        lag(month) over (partition by filing_id, project_no order by month) as month_before
    from spending_plan
    where cumulative_pct is not null
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        month_before || '月底 ' || regexp_replace(cast(pct_before as varchar), '\.?0+$', '') || '%，'
        || month || '月底 ' || pct_raw as figures,
        cast(cumulative_pct - pct_before as decimal(24, 6)) as difference,
        pct_raw as evidence
    from steps
    where cumulative_pct < pct_before
)

select * from offending
