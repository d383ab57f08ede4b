-- One row per year, indicator and family that the county set a standard for; a standard without a year holds always.
with

standards as (
    select * from staging.stg_standards
),

years as (
    select distinct fiscal_year
    from intermediate.int_filings__compared
),

matched as (
    select
        years.fiscal_year,
        standards.level2_group,
        standards.indicator,
        standards.unit_family,
        standards.comparator,
        standards.standard_value,
        standards.source,
        row_number() over (
            partition by years.fiscal_year, standards.level2_group, standards.indicator, standards.unit_family
            order by standards.fiscal_year nulls last
        ) as place
    from years
    inner join standards
        on
            years.fiscal_year = standards.fiscal_year
            or standards.fiscal_year is null
),

nearest as (
    select * exclude (place)
    from matched
    where place = 1
)

select * from nearest
