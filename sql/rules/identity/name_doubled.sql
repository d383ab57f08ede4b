-- An indicator name is written once, and is one name.
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
),

judged as (
    select
        indicator_raw,
        case
            when
                length(name) >= 6
                and length(name) % 2 = 0
                and left(name, length(name) // 2) = right(name, length(name) // 2)
                then '重复书写'
            when regexp_matches(name, '.{4,}[（(][%％‰个次人元][)）].{4,}') then '由两个名称连成'
        end as fault
    from names
),

offending as (
    select
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        judged.fault as figures,
        cast(null as decimal(24, 6)) as difference,
        indicators.indicator_raw as evidence
    from indicators
    inner join judged
        on indicators.indicator_raw = judged.indicator_raw
    where judged.fault is not null
)

select * from offending
