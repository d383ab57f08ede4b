-- Each thing of a township is compared with last year once.
with

counted as (
    select
        fiscal_year,
        county,
        township,
        item,
        project_category,
        level2_group,
        indicator,
        this_raw,
        last_raw,
        unit_family,
        count(*) as rows_found
    from mart.year_over_year
    group by
        fiscal_year, county, township, item, project_category, level2_group, indicator, this_raw, last_raw, unit_family
)

select * from counted
where rows_found > 1
