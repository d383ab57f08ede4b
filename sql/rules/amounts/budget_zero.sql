-- A project that is filed has a budget.
with

projects as (
    select * from staging.stg_projects
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        budget_raw as figures,
        cast(null as decimal(24, 6)) as difference,
        project_name as evidence
    from projects
    where
        budget_yuan = 0
        -- Where its parts are something, that they do not add up is told.
        and coalesce(fiscal_yuan, 0) + coalesce(carryover_yuan, 0) + coalesce(other_yuan, 0) <= 0
)

select * from offending
