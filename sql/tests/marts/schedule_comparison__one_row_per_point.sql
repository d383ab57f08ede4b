-- Each month of each curve stands once.
with

counted as (
    select
        scope,
        fiscal_year,
        county,
        township,
        filing_id,
        project_no,
        month,
        count(*) as rows_found
    from mart.schedule_comparison
    group by scope, fiscal_year, county, township, filing_id, project_no, month
)

select * from counted
where rows_found > 1
