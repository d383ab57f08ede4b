-- One row per year, township, project category and measure that its current budget may be compared per: as it is (总量),
-- per village, per head, and per whatever the county gives the sizes of.
with

budgets as (
    select *
    from intermediate.int_budgets__by_category
    where not is_held
),

sizes as (
    select * from staging.stg_sizes
),

measures as (
    select
        fiscal_year,
        township_key,
        project_category,
        county_key,
        current_yuan,
        '总量' as measure,
        1.0 as size
    from budgets
    union all
    select
        fiscal_year,
        township_key,
        project_category,
        county_key,
        current_yuan,
        '村' as measure,
        cast(villages as double) as size
    from budgets
    union all
    select
        fiscal_year,
        township_key,
        project_category,
        county_key,
        current_yuan,
        '人' as measure,
        cast(population as double) as size
    from budgets
    union all
    select
        budgets.fiscal_year,
        budgets.township_key,
        budgets.project_category,
        budgets.county_key,
        budgets.current_yuan,
        sizes.measure,
        cast(sizes.amount as double) as size
    from budgets
    inner join sizes
        on budgets.township = sizes.township
),

scaled as (
    select
        fiscal_year,
        township_key,
        project_category,
        measure,
        hash(fiscal_year, county_key, project_category) as category_key,
        cast(current_yuan as double) / size as amount
    from measures
    where
        current_yuan > 0
        and size > 0
)

select * from scaled
