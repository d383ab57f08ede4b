-- No indicator stands with one target in most projects of a filing (deadlines apart: they end with the year).
with

indicators as (
    select * from staging.stg_indicators
),

projects as (
    select * from staging.stg_projects
),

totals as (
    select
        filing_id,
        count(*) as project_count
    from projects
    group by filing_id
),

different as (
    select distinct target_raw
    from indicators
),

targets as (
    select
        target_raw,
        regexp_replace(target_raw, '\s', '', 'g') as target
    from different
    where coalesce(target_raw, '') <> ''
),

named as (
    select
        indicators.filing_id,
        indicators.project_no,
        coalesce(indicators.indicator, indicators.indicator_raw) as indicator,
        indicators.indicator_raw,
        targets.target,
        hash(
            indicators.filing_id, indicators.level2_group, coalesce(indicators.indicator, indicators.indicator_raw),
            targets.target
        ) as target_key
    from indicators
    inner join targets
        on indicators.target_raw = targets.target_raw
    where coalesce(indicators.level2_group, '') not in ('时效', '')
),

-- The projects are counted and listed for those only that stand three times at all (found by whole numbers, which are
-- grouped several times as fast as texts).
repeated as (
    select target_key
    from named
    group by target_key
    having count(*) >= 3
),

compared as (
    select
        named.filing_id,
        mode(named.indicator_raw) as indicator,
        named.target,
        count(distinct named.project_no) as times,
        array_to_string(list_sort(list(distinct named.project_no)), '、') as project_nos
    from named
    inner join repeated
        on named.target_key = repeated.target_key
    group by named.filing_id, named.indicator, named.target, named.target_key
),

-- One cause, one finding: all that a filing repeats in most of its projects.
offending as (
    select
        compared.filing_id,
        cast(null as integer) as project_no,
        cast(null as integer) as indicator_no,
        any_value(totals.project_count) || '个项目中有' || min(compared.times)
        || case when min(compared.times) < max(compared.times) then '至' || max(compared.times) else '' end || '个'
            as figures,
        cast(max(compared.times) as decimal(24, 6)) as difference,
        string_agg(
            compared.indicator || '：' || compared.target || '（第' || compared.project_nos || '个项目）', '；'
            order by compared.times desc, compared.indicator asc
        ) as evidence
    from compared
    inner join totals
        on compared.filing_id = totals.filing_id
    where
        compared.times >= 3
        and 2 * compared.times > totals.project_count
    group by compared.filing_id
)

select * from offending
