-- A goal of the text part is measured by something that can be counted, not each by its share of the year's work.
with

narrative_goals as (
    select * from staging.stg_narrative_goals
),

shares as (
    select
        filing_id,
        cast(null as integer) as project_no,
        cast(null as integer) as indicator_no,
        '有' || count(*) || '项分项绩效目标只用“占工作任务的比例”衡量（' || string_agg(title, '、' order by goal_no)
        || '），没有写明任务数，无法考核' as figures,
        cast(count(*) as decimal(24, 6)) as difference,
        min_by(indicator_text, goal_no) as evidence
    from narrative_goals
    where
        regexp_matches(indicator_text, '占(?:全年)?[^，。占]{0,6}(?:工作)?任务的(?:比例|比重)')
        and not regexp_matches(indicator_text, '\d+\s*(?:项|件|次|场|个)')
    group by filing_id
    having count(*) > 2
),

graded as (
    select
        filing_id,
        cast(null as integer) as project_no,
        cast(null as integer) as indicator_no,
        '分项绩效目标“' || title || '”的“' || regexp_extract(indicator_text, '([一-龥]{2,12}率)(?:达到|为|达)[优良好中]', 1)
        || '”是比率，写成了等级，应写百分比' as figures,
        cast(null as decimal(24, 6)) as difference,
        indicator_text as evidence
    from narrative_goals
    where regexp_matches(indicator_text, '率(?:达到|为|达)[优良好中](?:[。，；]|$)')
),

repeated as (
    select
        filing_id,
        cast(null as integer) as project_no,
        cast(null as integer) as indicator_no,
        '分项绩效目标“' || title || '”的内容只是重复标题' as figures,
        cast(null as decimal(24, 6)) as difference,
        goal_text as evidence
    from narrative_goals
    where
        section = 'goal'
        and length(goal_text) <= length(title) + 6
        and length(
            regexp_replace(
                translate(regexp_replace(goal_text, '加强|做好|开展|推进|完成|搞好', '', 'g'), title, ''), '[，。、；\s和与及]', '', 'g'
            )
        ) <= 1
),

offending as (
    select * from shares
    union all
    select * from graded
    union all
    select * from repeated
)

select * from offending
