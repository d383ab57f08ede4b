-- One row per place of a text that may be copied: a goal, a purpose, an overall goal, a narrative goal, a project's set
-- of indicators. What is compared is the text without blanks, punctuation and signs.
with

-- A self-evaluation repeats the plan's own texts: that is not copying.
filings as (
    select *
    from intermediate.int_filings__compared
    where is_plan
),

projects as (
    select *
    from intermediate.int_projects__compared
    where is_plan
),

objectives as (
    select * from staging.stg_objectives
),

narrative_goals as (
    select * from staging.stg_narrative_goals
),

indicators as (
    select *
    from intermediate.int_indicators__compared
    where is_plan
),

indicator_sets as (
    select
        filing_id,
        project_no,
        string_agg(indicator_raw || ' ' || target_raw, '；' order by indicator_no) as text
    from indicators
    group by filing_id, project_no
    having count(*) >= 3
),

every as (
    select
        'objective' as text_kind,
        projects.fiscal_year,
        projects.township_key,
        projects.filing_id,
        projects.project_no,
        objectives.objective_no as item_no,
        objectives.objective_text as text,
        objectives.page,
        objectives.table_no,
        objectives.row_no
    from objectives
    inner join projects
        on
            objectives.filing_id = projects.filing_id
            and objectives.project_no = projects.project_no
    union all by name
    select
        'purpose' as text_kind,
        fiscal_year,
        township_key,
        filing_id,
        project_no,
        purpose as text,
        page,
        table_no,
        row_no
    from projects
    union all by name
    select
        'indicator_set' as text_kind,
        projects.fiscal_year,
        projects.township_key,
        projects.filing_id,
        projects.project_no,
        indicator_sets.text,
        projects.page,
        projects.table_no,
        projects.row_no
    from indicator_sets
    inner join projects
        on
            indicator_sets.filing_id = projects.filing_id
            and indicator_sets.project_no = projects.project_no
    union all by name
    select
        'overall_goal' as text_kind,
        fiscal_year,
        township_key,
        filing_id,
        overall_goal as text,
        0 as table_no,
        0 as row_no
    from filings
    union all by name
    select
        'narrative_goal' as text_kind,
        filings.fiscal_year,
        filings.township_key,
        filings.filing_id,
        narrative_goals.goal_no as item_no,
        narrative_goals.goal_text as text,
        narrative_goals.page,
        narrative_goals.table_no,
        narrative_goals.row_no
    from narrative_goals
    inner join filings
        on narrative_goals.filing_id = filings.filing_id
    where narrative_goals.section = 'goal'
),

bared as (
    select
        *,
        regexp_replace(text, '[\s\p{P}\p{S}]+', '', 'g') as bare_text
    from every
    where text is not null
),

keyed as (
    select
        *,
        hash(fiscal_year, text_kind, bare_text) as text_key
    from bared
    where length(bare_text) >= 12
)

select * from keyed
