-- One row per project; project_key is the same for what a filer plans, changes and evaluates as one project of a year.
with

filings as (
    select * from staging.stg_filings
),

projects as (
    select * from staging.stg_projects
),

keyed as (
    select
        projects.filing_id,
        projects.project_no,
        projects.budget_yuan,
        projects.budget_raw,
        projects.fiscal_yuan,
        filings.doc_kind,
        filings.file_name,
        filings.fiscal_year,
        filings.is_current,
        hash(
            filings.fiscal_year, coalesce(filings.county, ''), filings.filer, projects.project_category,
            coalesce(projects.is_carryover, false)
        ) as project_key
    from projects
    inner join filings
        on projects.filing_id = filings.filing_id
)

select * from keyed
