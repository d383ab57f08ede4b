-- The blanks of a template (XX, ××, ＿＿) are filled in.
with

texts as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '绩效目标' as field,
        objective_text as full_text
    from staging.stg_objectives
    union all
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '资金用途' as field,
        purpose as full_text
    from staging.stg_projects
    union all
    select
        filing_id,
        cast(null as integer) as project_no,
        cast(null as integer) as indicator_no,
        '文字部分' as field,
        concat_ws(' ', title, goal_text, indicator_text) as full_text
    from staging.stg_narrative_goals
),

found as (
    select
        *,
        regexp_extract(
            full_text,
            '[^，。；,;]{0,10}(?:[XxＸｘ×]{2,}|[_＿]{2,}|[〇○◯]{2,}|（[\s　]{2,}）|\*{2,})[^，。；,;]{0,10}'
        ) as blank
    from texts
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        field || '中有没有填写的空白：“' || trim(blank) || '”' as figures,
        cast(null as decimal(24, 6)) as difference,
        trim(blank) as evidence
    from found
    where blank <> ''
)

select * from offending
