-- One row per year, month and total: each township's at its own months (scope township), and that of all townships
-- with a plan at the months that most of them name (scope county), with what part of the county's townships and money
-- that is.
with

plans as (
    select * from intermediate.int_plans__by_month
),

projects as (
    select *
    from intermediate.int_projects__compared
    where is_plan
),

filed as (
    select
        fiscal_year,
        county_key,
        count(distinct township_key) as townships,
        sum(budget_yuan) as budget_yuan
    from projects
    group by fiscal_year, county_key
),

of_townships as (
    select
        'township' as scope,
        fiscal_year,
        any_value(county) as county,
        any_value(county_key) as county_key,
        any_value(township) as township,
        township_key,
        month,
        1 as townships_with_plan,
        count(*) as projects,
        cast(sum(budget_yuan) as decimal(18, 2)) as budget_yuan,
        cast(sum(cumulative_yuan) as decimal(18, 2)) as cumulative_yuan
    from plans
    where is_own
    group by fiscal_year, township_key, month
),

of_counties as (
    select
        'county' as scope,
        fiscal_year,
        any_value(county) as county,
        county_key,
        month,
        count(distinct township_key) as townships_with_plan,
        count(*) as projects,
        cast(sum(budget_yuan) as decimal(18, 2)) as budget_yuan,
        cast(sum(cumulative_yuan) as decimal(18, 2)) as cumulative_yuan
    from plans
    where is_common
    group by fiscal_year, county_key, month
),

every as (
    select * from of_townships
    union all by name
    select * from of_counties
),

shared as (
    select
        every.*,
        filed.townships,
        round(100 * cast(every.budget_yuan as double) / nullif(cast(filed.budget_yuan as double), 0), 4)
            as budget_covered_pct,
        cast(
            100 * cast(every.cumulative_yuan as double) / nullif(every.budget_yuan, 0) as decimal(9, 4)
        ) as cumulative_pct
    from every
    inner join filed
        on
            every.fiscal_year is not distinct from filed.fiscal_year
            and every.county_key = filed.county_key
),

-- December is the end of every curve and says nothing about its form.
measured as (
    select
        *,
        round(avg(cast(cumulative_pct as double) - 100.0 * month / 12) filter (where month < 12) over (
            partition by scope, fiscal_year, county_key, township_key
        ), 4) as loading_points,
        -- The whole county is only called so where all of it is in.
        case
            when scope = 'township' then township || '合计'
            when townships_with_plan = townships and budget_covered_pct >= 95 then '全县合计'
            else
                '有计划的' || townships_with_plan || '个乡镇合计（占预算'
                || format('{:.0f}', budget_covered_pct) || '%）'
        end as scope_name
    from shared
)

select * from measured
