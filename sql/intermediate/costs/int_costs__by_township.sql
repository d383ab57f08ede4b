-- One row per group of comparable prices and township: the middle one of its prices, within each project category
-- (scope category), and over all projects where the price says what it is for (scope county).
with

costs as (
    select *
    from intermediate.int_costs__compared
    where is_comparable
),

scoped as (
    select
        'county' as scope,
        price_key as scope_key,
        township_key,
        compared_yuan,
        null as next_year_key
    from costs
    where per_what is not null
    union all by name
    select
        'category' as scope,
        category_price_key as scope_key,
        township_key,
        compared_yuan,
        next_year_key
    from costs
),

grouped as (
    select
        scope,
        scope_key,
        township_key,
        any_value(next_year_key) as next_year_key,
        -- One that was filed, not the mean of two.
        quantile_disc(compared_yuan, 0.5) as township_value_yuan
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
