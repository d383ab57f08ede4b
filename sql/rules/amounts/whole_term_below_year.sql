-- What a project costs over its whole term is no less than one year's budget.
with

statements as (
    select * from staging.stg_statements
),

projects as (
    select * from staging.stg_projects
),

offending as (
    select
        statements.filing_id,
        statements.project_no,
        cast(null as integer) as indicator_no,
        regexp_replace(statements.label, '[（(].*$', '')
        || ' '
        || statements.said_raw
        || ' 小于年度预算 '
        || projects.budget_raw
            as figures,
        cast(statements.stated_yuan - projects.budget_yuan as decimal(24, 6)) as difference,
        statements.said_raw as evidence
    from statements
    inner join projects
        on
            statements.filing_id = projects.filing_id
            and statements.project_no = projects.project_no
    where
        statements.fact = 'whole_term'
        and statements.stated_yuan > 0
        and projects.budget_yuan - statements.stated_yuan > 150
)

select * from offending
