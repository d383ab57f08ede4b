-- A spending plan does not leave everything to December.
with

spending_plan as (
    select * from staging.stg_spending_plan
),

ends as (
    select
        filing_id,
        project_no,
        count(*) filter (where month < 12) as points,
        max(cumulative_pct) filter (where month < 12) as most_before,
        max(month) filter (where month < 12) as last_month,
        max(cumulative_pct) filter (where month = 12) as at_end,
        string_agg(month || '月底' || pct_raw, '，' order by month) as shown
    from spending_plan
    where cumulative_pct is not null
    group by filing_id, project_no
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        shown as figures,
        cast(at_end - most_before as decimal(24, 6)) as difference,
        shown as evidence
    from ends
    where
        points >= 2
        and last_month >= 9
        and most_before <= 10
        and at_end = 100
)

select * from offending
