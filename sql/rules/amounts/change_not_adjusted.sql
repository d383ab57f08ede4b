-- The budget as it was plus what was changed is the adjusted budget.
with

statements as (
    select * from staging.stg_statements
),

projects as (
    select * from staging.stg_projects
),

changes as (
    select
        filing_id,
        project_no,
        max(stated_yuan) filter (where fact = 'change') as change_yuan,
        max(said_raw) filter (where fact = 'change') as change_raw,
        max(label) filter (where fact = 'change') as change_label,
        max(stated_yuan) filter (where fact = 'before') as before_yuan,
        max(said_raw) filter (where fact = 'before') as before_raw
    from statements
    where fact in ('change', 'before')
    group by filing_id, project_no
    having count(*) filter (where fact = 'change') = 1
),

compared as (
    select
        changes.filing_id,
        changes.project_no,
        changes.change_yuan,
        changes.change_raw,
        changes.change_label,
        coalesce(changes.before_yuan, projects.budget_yuan) as before_yuan,
        coalesce(changes.before_raw, projects.budget_raw) as before_raw,
        coalesce(projects.adjusted_yuan, case when changes.before_yuan is not null then projects.budget_yuan end)
            as after_yuan,
        coalesce(projects.adjusted_raw, case when changes.before_yuan is not null then projects.budget_raw end)
            as after_raw,
        case when coalesce(projects.money_unit_raw, '') like '%万%' then 150 else 1 end as rounding_yuan
    from changes
    inner join projects
        on
            changes.filing_id = projects.filing_id
            and changes.project_no = projects.project_no
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '调整前 ' || before_raw || '，' || regexp_replace(change_label, '[（(].*$', '') || ' ' || change_raw || '，调整后为 '
        || after_raw as figures,
        cast(after_yuan - before_yuan - change_yuan as decimal(24, 6)) as difference,
        after_raw as evidence
    from compared
    where
        before_yuan > 0
        and after_yuan > 0
        and abs(after_yuan - before_yuan - change_yuan) > rounding_yuan
        -- 调减数 may be written without a minus.
        and not (
            regexp_matches(change_label, '减') and abs(after_yuan - before_yuan + change_yuan) <= rounding_yuan
        )
)

select * from offending
