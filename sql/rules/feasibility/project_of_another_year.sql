-- The year in a project's name is the budget year; if not, the project is carried over.
with

filings as (
    select * from staging.stg_filings
),

projects as (
    select * from staging.stg_projects
),

offending as (
    select
        projects.filing_id,
        projects.project_no,
        cast(null as integer) as indicator_no,
        '项目名称为' || projects.project_year || '年，预算年度为' || filings.fiscal_year || '年' as figures,
        cast(projects.project_year - filings.fiscal_year as decimal(24, 6)) as difference,
        projects.project_name as evidence
    from projects
    inner join filings
        on projects.filing_id = filings.filing_id
    where
        projects.project_year <> filings.fiscal_year
        and not regexp_matches(projects.project_name, '结转|结余|上年|未拨|续建|跨年|尾款|质保金')
)

select * from offending
