-- A rate that is to be at least 100 % cannot be exceeded: it is 100 %, or less is meant.
with

indicators as (
    select * from staging.stg_indicators
),

narrative_goals as (
    select * from staging.stg_narrative_goals
),

targets as (
    select
        filing_id,
        project_no,
        indicator_no,
        indicator_raw as name,
        target_raw,
        target_kind,
        comparator,
        value_low
    from indicators
    union all
    select
        filing_id,
        null as project_no,
        null as indicator_no,
        title || '：' || indicator_text as name,
        target_raw,
        target_kind,
        comparator,
        value_low
    from narrative_goals
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        -- Of a sentence, only the words around the figure.
        coalesce(
            nullif(regexp_extract(target_raw, '[^\s，。；,;]{0,6}100(?:\.0+)?\s*[%％]以?上?'), ''), target_raw
        ) as figures,
        cast(null as decimal(24, 6)) as difference,
        name as evidence
    from targets
    where
        target_kind = 'percent'
        and comparator in ('>=', '>')
        and value_low = 100
        and not regexp_matches(name, '增长|增幅|增速|上升|提高|提升|超额|同比|环比|上年|去年|往年|比上|产出比|投入产出|完成率|完成比|达产|相当于|倍|负荷|供给|自给|执行率|超收')
)

select * from offending
