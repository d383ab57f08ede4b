-- A budget is not less than nothing.
with

projects as (
    select * from staging.stg_projects
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        coalesce(budget_raw, format('{:.2f}', cast(budget_yuan as double))) as figures,
        cast(budget_yuan as decimal(24, 6)) as difference,
        project_name as evidence
    from projects
    where budget_yuan < 0
)

select * from offending
