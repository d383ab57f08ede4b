-- One row per year, indicator, price kind and township: the median of its prices, over all projects (scope indicator)
-- and within each project category (scope category).
with

costs as (
    select * from intermediate.int_costs__compared
),

scoped as (
    select
        'indicator' as scope,
        price_key as scope_key,
        fiscal_year,
        township_key,
        value_yuan,
        null as next_year_key
    from costs
    union all by name
    select
        'category' as scope,
        category_price_key as scope_key,
        fiscal_year,
        township_key,
        value_yuan,
        hash(fiscal_year + 1, indicator_key, price_kind, project_category) as next_year_key
    from costs
),

grouped as (
    select
        scope,
        scope_key,
        township_key,
        any_value(next_year_key) as next_year_key,
        cast(median(cast(value_yuan as double)) as decimal(18, 2)) as township_value_yuan
    from scoped
    group by scope, scope_key, township_key
),

ranked as (
    select
        *,
        rank() over (
            partition by scope, scope_key
            order by township_value_yuan desc
        ) as rank_high
    from grouped
)

select * from ranked
