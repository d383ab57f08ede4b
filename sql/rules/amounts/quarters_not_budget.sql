-- The sums planned for the four quarters make up the budget, or their last one is it.
with

statements as (
    select * from staging.stg_statements
),

projects as (
    select * from staging.stg_projects
),

doubts as (
    select * from staging.stg_doubts
),

summed as (
    select
        filing_id,
        project_no,
        count(*) as parts,
        sum(stated_yuan) as sum_yuan,
        arg_max(stated_yuan, statement_no) as last_yuan,
        bool_and(stated_yuan is not null) as is_whole,
        bool_or(regexp_matches(label, '四季|^12月|年底|年末')) as reaches_end,
        string_agg(said_raw, '＋' order by statement_no) as parts_text
    from statements
    where fact = 'planned_sum'
    group by filing_id, project_no
),

offending as (
    select
        summed.filing_id,
        summed.project_no,
        cast(null as integer) as indicator_no,
        '用款计划 ' || summed.parts_text || ' ＝ ' || format('{:.2f}', cast(summed.sum_yuan / 10000 as double))
        || '万元，预算数为 ' || projects.budget_raw as figures,
        cast(summed.sum_yuan - projects.budget_yuan as decimal(24, 6)) as difference,
        summed.parts_text as evidence
    from summed
    inner join projects
        on
            summed.filing_id = projects.filing_id
            and summed.project_no = projects.project_no
    where
        summed.is_whole
        and summed.reaches_end
        and summed.parts >= 2
        and projects.budget_yuan > 0
        and not exists (
            select 1
            from doubts
            where
                doubts.filing_id = projects.filing_id
                and doubts.project_no = projects.project_no
                and doubts.decision = 'open'
                and regexp_matches(doubts.field, '^budget_')
        )
        and abs(summed.sum_yuan - projects.budget_yuan) > 50 * (summed.parts + 1)
        and abs(summed.last_yuan - projects.budget_yuan) > 50 * (summed.parts + 1)
        and abs(summed.sum_yuan - coalesce(projects.fiscal_yuan, projects.budget_yuan)) > 50 * (summed.parts + 1)
)

select * from offending
