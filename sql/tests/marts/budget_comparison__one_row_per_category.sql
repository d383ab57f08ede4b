-- Each township has one row per year and project category.
with

counted as (
    select
        fiscal_year,
        county,
        township,
        project_category,
        count(*) as rows_found
    from mart.budget_comparison
    group by fiscal_year, county, township, project_category
)

select * from counted
where rows_found > 1
