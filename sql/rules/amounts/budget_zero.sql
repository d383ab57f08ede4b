-- A project that is filed has a budget, unless it says who else pays for it.
with

projects as (
    select * from staging.stg_projects
),

objectives as (
    select
        filing_id,
        project_no,
        string_agg(objective_text, ' ') as objective_text
    from staging.stg_objectives
    group by filing_id, project_no
),

offending as (
    select
        projects.filing_id,
        projects.project_no,
        cast(null as integer) as indicator_no,
        projects.budget_raw as figures,
        cast(null as decimal(24, 6)) as difference,
        projects.project_name as evidence
    from projects
    left join objectives
        on
            projects.filing_id = objectives.filing_id
            and projects.project_no = objectives.project_no
    where
        projects.budget_yuan = 0
        and not regexp_matches(
            concat_ws(' ', projects.project_name, projects.purpose, objectives.objective_text),
            '不(?:再|另|作|予)?(?:单独)?安排|未安排|无需(?:安排|资金)|不(?:需|用|涉及)(?:要)?(?:财政)?(?:安排)?资金|零预算'
            || '|(?:上级|省级|市级|县级|中央|部门|单位)[^。；，,]{0,10}(?:统筹|承担|解决|保障|列支)|另行(?:下达|安排)|已(?:全部)?取消|暂缓'
        )
        -- Where its parts are something, that they do not add up is told.
        and coalesce(projects.fiscal_yuan, 0) + coalesce(projects.carryover_yuan, 0)
        + coalesce(projects.other_yuan, 0) <= 0
)

select * from offending
