-- An indicator name is written once, and is one name.
with

indicators as (
    select * from core.indicators
),

named as (
    select
        *,
        regexp_replace(indicator_raw, '\s', '', 'g') as name
    from indicators
),

judged as (
    select
        *,
        case
            when
                length(name) >= 6
                and length(name) % 2 = 0
                and left(name, length(name) // 2) = right(name, length(name) // 2)
                then '重复书写'
            when regexp_matches(name, '.{4,}[（(][%％‰个次人元][)）].{4,}') then '由两个名称连成'
        end as fault
    from named
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        fault as figures,
        cast(null as decimal(24, 6)) as difference,
        indicator_raw as evidence
    from judged
    where fault is not null
)

select * from offending
