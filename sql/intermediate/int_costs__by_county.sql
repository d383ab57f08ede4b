-- One row per year, indicator, price kind and scope (and project category): how the townships' prices lie.
with

townships as (
    select * from intermediate.int_costs__by_township
),

centred as (
    select
        *,
        median(cast(township_value_yuan as double)) over (
            partition by fiscal_year, level2_group, indicator, unit_family, price_kind, project_category, scope
        ) as centre
    from townships
),

spread as (
    select
        fiscal_year,
        level2_group,
        indicator,
        unit_family,
        price_kind,
        project_category,
        scope,
        count(*) as townships,
        cast(any_value(centre) as decimal(18, 2)) as median_yuan,
        cast(quantile_cont(cast(township_value_yuan as double), 0.25) as decimal(18, 2)) as q1_yuan,
        cast(quantile_cont(cast(township_value_yuan as double), 0.75) as decimal(18, 2)) as q3_yuan,
        min(township_value_yuan) as min_yuan,
        max(township_value_yuan) as max_yuan,
        round(median(abs(cast(township_value_yuan as double) - centre)), 4) as mad_yuan,
        round(avg(abs(cast(township_value_yuan as double) - centre)), 4) as mean_deviation_yuan
    from centred
    group by fiscal_year, level2_group, indicator, unit_family, price_kind, project_category, scope
)

select * from spread
