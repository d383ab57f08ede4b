-- The cumulative spending plan ends at 100 %.
with

spending_plan as (
    select * from staging.stg_spending_plan
),

ends as (
    select
        filing_id,
        project_no,
        max(month) as last_month,
        arg_max(cumulative_pct, month) as last_pct,
        arg_max(pct_raw, month) as last_raw
    from spending_plan
    where cumulative_pct is not null
    group by filing_id, project_no
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        last_month || '月底 ' || last_raw as figures,
        cast(last_pct - 100 as decimal(24, 6)) as difference,
        last_raw as evidence
    from ends
    where last_pct <> 100
)

select * from offending
