-- A filing speaks of its own township, not of another one of the county.
with

filings as (
    select * from core.filings
),

projects as (
    select * from core.projects
),

objectives as (
    select * from core.objectives
),

narrative_goals as (
    select * from core.narrative_goals
),

townships as (
    select distinct township
    from filings
    where length(township) >= 3
),

texts as (
    select
        filing_id,
        cast(null as integer) as project_no,
        title || '：' || concat_ws(' ', goal_text, indicator_text) as full_text
    from narrative_goals
    union all
    select
        filing_id,
        cast(null as integer) as project_no,
        overall_goal as full_text
    from filings
    union all
    select
        filing_id,
        project_no,
        objective_text as full_text
    from objectives
    union all
    select
        filing_id,
        project_no,
        concat_ws(' ', project_name, purpose) as full_text
    from projects
),

offending as (
    select
        texts.filing_id,
        texts.project_no,
        cast(null as integer) as indicator_no,
        '“' || filings.township || '”的文本中出现“' || townships.township || '”' as figures,
        cast(null as decimal(24, 6)) as difference,
        '…' || regexp_extract(texts.full_text, '[^。；]{0,14}' || townships.township || '[^。；]{0,14}') || '…' as evidence
    from texts
    inner join filings
        on texts.filing_id = filings.filing_id
    inner join townships
        on
            filings.township <> townships.township
            and contains(texts.full_text, townships.township)
            and not contains(filings.township, townships.township)
            and not contains(townships.township, filings.township)
)

select * from offending
