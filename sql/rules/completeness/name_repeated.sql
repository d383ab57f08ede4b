-- The names of a project's indicators are different.
with

indicators as (
    select * from staging.stg_indicators
),

different as (
    select distinct indicator_raw
    from indicators
),

names as (
    select
        indicator_raw,
        regexp_replace(indicator_raw, '\s', '', 'g') as name
    from different
    where indicator_raw is not null
),

named as (
    select
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        indicators.target_raw,
        hash(
            indicators.filing_id, indicators.project_no, coalesce(indicators.level2_group, ''), names.name
        ) as name_key
    from indicators
    inner join names
        on indicators.indicator_raw = names.indicator_raw
),

-- The targets are put together for the few names that stand twice. Whole numbers are grouped several times as fast as
-- texts; 64 bits keep a million indicators apart.
repeated as (
    select name_key
    from named
    group by name_key
    having count(*) > 1
),

counted as (
    select
        named.filing_id,
        named.project_no,
        count(*) as times,
        list(named.indicator_no order by named.indicator_no)[2] as indicator_no,
        string_agg(coalesce(named.target_raw, '空'), '、' order by named.indicator_no) as targets
    from named
    inner join repeated
        on named.name_key = repeated.name_key
    group by named.filing_id, named.project_no, named.name_key
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        '重复出现' || times || '次' as figures,
        cast(times - 1 as decimal(24, 6)) as difference,
        '指标值：' || targets as evidence
    from counted
)

select * from offending
