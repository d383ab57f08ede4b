-- One row per year, project category and measure (total, village): how the townships' current budgets lie.
with

budgets as (
    select * from intermediate.int_budgets__by_category
),

measured as (
    select
        fiscal_year,
        project_category,
        'total' as measure,
        cast(current_yuan as double) as amount
    from budgets
    where current_yuan > 0
    union all
    select
        fiscal_year,
        project_category,
        'village' as measure,
        cast(current_per_village_yuan as double) as amount
    from budgets
    where current_per_village_yuan > 0
),

centred as (
    select
        *,
        median(amount) over (partition by fiscal_year, project_category, measure) as centre
    from measured
),

spread as (
    select
        fiscal_year,
        project_category,
        measure,
        count(*) as townships,
        cast(any_value(centre) as decimal(18, 2)) as median_yuan,
        round(median(abs(amount - centre)), 4) as mad_yuan
    from centred
    group by fiscal_year, project_category, measure
)

select * from spread
