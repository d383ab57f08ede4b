-- One row per year, indicator, price kind and township: the median of its prices, over all projects (scope indicator)
-- and within each project category (scope category).
with

costs as (
    select * from intermediate.int_costs__compared
),

grouped as (
    select
        fiscal_year,
        level2_group,
        indicator,
        unit_family,
        price_kind,
        project_category,
        county,
        township,
        case grouping(project_category) when 1 then 'indicator' else 'category' end as scope,
        cast(median(cast(value_yuan as double)) as decimal(18, 2)) as township_value_yuan
    from costs
    group by grouping sets (
        (fiscal_year, level2_group, indicator, unit_family, price_kind, county, township),
        (fiscal_year, level2_group, indicator, unit_family, price_kind, county, township, project_category)
    )
),

ranked as (
    select
        *,
        rank() over (
            partition by fiscal_year, level2_group, indicator, unit_family, price_kind, project_category, scope
            order by township_value_yuan desc
        ) as rank_high
    from grouped
)

select * from ranked
