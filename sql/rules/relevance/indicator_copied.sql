-- No indicator stands with one target in three or more projects of a filing (deadlines apart: they end with the year).
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
        named.indicator,
        named.target,
        count(distinct named.project_no) as times,
        array_to_string(list_sort(list(distinct named.project_no)), '、') as project_nos
    from named
    inner join repeated
        on named.target_key = repeated.target_key
    group by named.filing_id, named.indicator, named.target, named.target_key
),

offending as (
    select
        compared.filing_id,
        cast(null as integer) as project_no,
        cast(null as integer) as indicator_no,
        totals.project_count || '个项目中有' || compared.times || '个' as figures,
        cast(compared.times as decimal(24, 6)) as difference,
        compared.indicator || '：' || compared.target || '（第' || compared.project_nos || '个项目）' as evidence
    from compared
    inner join totals
        on compared.filing_id = totals.filing_id
    where compared.times >= 3
)

select * from offending
