-- Different projects are not all to be spent in the same steps.
with

spending_plan as (
    select * from staging.stg_spending_plan
),

plans as (
    select
        filing_id,
        project_no,
        string_agg(
            month || '月底' || rtrim(rtrim(cast(cumulative_pct as varchar), '0'), '.') || '%', '，' order by month
        ) as shown,
        count(*) as points
    from spending_plan
    where cumulative_pct is not null
    group by filing_id, project_no
),

offending as (
    select
        filing_id,
        cast(null as integer) as project_no,
        cast(null as integer) as indicator_no,
        '全部' || count(*) || '个项目' as figures,
        cast(count(*) as decimal(24, 6)) as difference,
        any_value(shown) as evidence
    from plans
    group by filing_id
    having
        count(*) >= 5
        and count(distinct shown) = 1
        and min(points) >= 3
)

select * from offending
