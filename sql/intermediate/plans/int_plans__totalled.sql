-- One row per year, month and total: each township's (scope township) and all townships' together (scope county).
with

plans as (
    select * from intermediate.int_plans__by_month
),

totalled as (
    select
        fiscal_year,
        county,
        township,
        month,
        case grouping(township) when 1 then 'county' else 'township' end as scope,
        count(*) as projects,
        cast(sum(budget_yuan) as decimal(18, 2)) as budget_yuan,
        cast(sum(cumulative_yuan) as decimal(18, 2)) as cumulative_yuan,
        cast(
            100 * cast(sum(cumulative_yuan) as double) / nullif(sum(budget_yuan), 0) as decimal(9, 4)
        ) as cumulative_pct
    from plans
    group by grouping sets ((fiscal_year, month), (fiscal_year, month, county, township))
),

-- December is the end of every curve and says nothing about its form.
measured as (
    select
        *,
        round(avg(cast(cumulative_pct as double) - 100.0 * month / 12) filter (where month < 12) over (
            partition by scope, fiscal_year, county, township
        ), 4) as loading_points
    from totalled
)

select * from measured
