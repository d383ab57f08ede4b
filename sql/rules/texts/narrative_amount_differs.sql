-- An amount of budget money named in the text part is the budget of a project, of a kind of projects, or of all.
with

filings as (
    select * from staging.stg_filings
),

projects as (
    select * from staging.stg_projects
),

narrative_goals as (
    select * from staging.stg_narrative_goals
),

texts as (
    select
        filing_id,
        title as place,
        concat_ws(' ', goal_text, indicator_text) as full_text
    from narrative_goals
    union all
    select
        filing_id,
        '总体绩效目标' as place,
        overall_goal as full_text
    from filings
),

quoted as (
    select
        filing_id,
        place,
        unnest(regexp_extract_all(full_text, '(?:预算|财政|专项)(?:资金|经费|拨款)?(?:约|共|共计|合计|安排)?\d+(?:\.\d+)?万元')) as quote
    from texts
),

amounts as (
    select
        *,
        cast(regexp_extract(quote, '(\d+(?:\.\d+)?)万元', 1) as decimal(18, 4)) * 10000 as amount_yuan
    from quoted
),

budgets as (
    select
        filing_id,
        budget_yuan as total_yuan
    from projects
    where budget_yuan is not null
    union all
    select
        filing_id,
        sum(budget_yuan) as total_yuan
    from projects
    group by filing_id
    union all
    select
        filing_id,
        sum(budget_yuan) as total_yuan
    from projects
    group by filing_id, project_category
),

offending as (
    select
        amounts.filing_id,
        cast(null as integer) as project_no,
        cast(null as integer) as indicator_no,
        amounts.quote as figures,
        cast(null as decimal(24, 6)) as difference,
        amounts.place || '：' || amounts.quote as evidence
    from amounts
    where
        amounts.filing_id in (select budgets.filing_id from budgets)
        and not exists (
            select budgets.filing_id
            from budgets
            where
                budgets.filing_id = amounts.filing_id
                and abs(budgets.total_yuan - amounts.amount_yuan) <= 50
        )
)

select * from offending
