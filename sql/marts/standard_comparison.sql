-- One row per project category of a township that a standard of so much for each village (head …) is set for: the
-- standard times the number of villages against this year's money. Without the township's number there is no verdict.
with

budgets as (
    select * from intermediate.int_budgets__by_category
),

standards as (
    select * from staging.stg_budget_standards
),

sizes as (
    select * from staging.stg_sizes
),

thresholds as (
    select * from intermediate.int_thresholds__turned
),

-- A standard of the year itself stands before one of all years.
applied as (
    select
        budgets.*,
        standards.measure,
        standards.comparator,
        standards.standard_yuan,
        standards.source
    from budgets
    inner join standards
        on
            budgets.project_category = standards.project_category
            and (budgets.fiscal_year = standards.fiscal_year or standards.fiscal_year is null)
    qualify rank() over (
        partition by budgets.fiscal_year, budgets.township_key, budgets.project_category, standards.measure
        order by standards.fiscal_year is null
    ) = 1
),

sized as (
    select
        applied.*,
        cast(case applied.measure
            when '村' then applied.villages
            when '人' then applied.population
            else sizes.amount
        end as decimal(18, 2)) as size
    from applied
    left join sizes
        on
            applied.township = sizes.township
            and applied.measure = sizes.measure
),

multiplied as (
    select
        *,
        cast(standard_yuan * size as decimal(18, 2)) as standard_total_yuan,
        cast(cast(current_yuan as double) / nullif(cast(size as double), 0) as decimal(18, 2)) as per_measure_yuan
    from sized
),

judged as (
    select
        multiplied.fiscal_year,
        multiplied.county,
        multiplied.township,
        multiplied.project_category,
        multiplied.comparator,
        cast(multiplied.standard_yuan as decimal(18, 2)) as standard_yuan,
        multiplied.measure as denominator,
        multiplied.size as denominator_size,
        multiplied.standard_total_yuan,
        multiplied.current_yuan,
        cast(multiplied.current_yuan - multiplied.standard_total_yuan as decimal(18, 2)) as difference_yuan,
        multiplied.per_measure_yuan,
        case
            when multiplied.is_held then 'held'
            when multiplied.current_yuan is null or multiplied.projects_without_amount > 0 then 'no_budget'
            when coalesce(multiplied.size, 0) = 0 then 'no_size'
            when
                multiplied.comparator <> '<='
                and multiplied.standard_total_yuan - multiplied.current_yuan > thresholds.rounding_yuan
                then 'below'
            when
                multiplied.comparator <> '>='
                and multiplied.current_yuan - multiplied.standard_total_yuan > thresholds.rounding_yuan
                then 'above'
            else 'met'
        end as standing,
        multiplied.source,
        multiplied.is_held,
        multiplied.held_reason,
        multiplied.project_names,
        multiplied.filing_id,
        multiplied.project_no,
        multiplied.file_name,
        multiplied.page,
        multiplied.table_no,
        multiplied.row_no
    from multiplied
    cross join thresholds
)

select * from judged
order by fiscal_year, county, township, project_category, denominator, comparator
