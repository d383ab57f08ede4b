-- The budget at the start of the year that a self-evaluation states is that of the plan.
with

keyed as (
    select * from intermediate.int_projects__keyed
),

placed as (
    select *
    from keyed
    where
        is_current
        and doc_kind in ('targets', 'self_evaluation')
        and fiscal_year is not null
        and budget_yuan > 0
    qualify count(*) over (partition by doc_kind, project_key) = 1
),

-- What was changed in the course of the year may have been written over the plan's.
changed as (
    select project_key
    from keyed
    where doc_kind = 'adjustment'
),

offending as (
    select
        evaluated.filing_id,
        evaluated.project_no,
        cast(null as integer) as indicator_no,
        '自评表年初预算数 ' || evaluated.budget_raw || '，目标表预算数 ' || planned.budget_raw || '（' || planned.file_name
        || '）' as figures,
        cast(evaluated.budget_yuan - planned.budget_yuan as decimal(24, 6)) as difference,
        evaluated.budget_raw as evidence
    from placed as evaluated
    inner join placed as planned
        on
            evaluated.project_key = planned.project_key
            and evaluated.doc_kind = 'self_evaluation'
            and planned.doc_kind = 'targets'
    where
        abs(evaluated.budget_yuan - planned.budget_yuan) > 150
        -- Fiscal money alone may stand for the whole.
        and abs(evaluated.budget_yuan - coalesce(planned.fiscal_yuan, planned.budget_yuan)) > 150
        and not exists (
            select 1
            from changed
            where evaluated.project_key = changed.project_key
        )
)

select * from offending
