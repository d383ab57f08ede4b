-- The number of villages is the same wherever a filing names all of them.
with

filings as (
    select * from staging.stg_filings
),

narrative_goals as (
    select * from staging.stg_narrative_goals
),

projects as (
    select * from staging.stg_projects
),

objectives as (
    select * from staging.stg_objectives
),

indicators as (
    select * from staging.stg_indicators
),

texts as (
    select
        filing_id,
        concat_ws(' ', goal_text, indicator_text) as full_text
    from narrative_goals
    union all
    select
        filing_id,
        overall_goal as full_text
    from filings
    union all
    select
        filing_id,
        objective_text as full_text
    from objectives
    union all
    select
        filing_id,
        purpose as full_text
    from projects
),

quoted as (
    select
        filing_id,
        unnest(regexp_extract_all(full_text, '(?:[全本我][镇乡]|[全本]街道|管?辖区?内?)[^\d，,；;。]{0,6}\d{1,3}个(?:行政|建制)?村')) as quote
    from texts
),

named as (
    select
        filing_id,
        quote,
        cast(regexp_extract(quote, '(\d{1,3})个', 1) as decimal(24, 6)) as villages
    from quoted
    where not regexp_matches(quote, '村民小组|村组')
    union all
    select
        filing_id,
        indicator_raw || ' ' || target_raw as quote,
        coalesce(value_low, value_high) as villages
    from indicators
    where
        target_kind = 'quantity'
        and unit in ('个', '村')
        and indicator = '保障村级数量'
),

offending as (
    select
        filing_id,
        cast(null as integer) as project_no,
        cast(null as integer) as indicator_no,
        array_to_string(
            list_sort(list(distinct regexp_replace(cast(villages as varchar), '\.?0+$', '') || '个村')), '、'
        ) as figures,
        max(villages) - min(villages) as difference,
        array_to_string(list_sort(list(distinct '“' || quote || '”')), '、') as evidence
    from named
    group by filing_id
    having count(distinct villages) > 1
)

select * from offending
