-- A day that is named exists, and a year has no more than 366.
with

indicators as (
    select * from staging.stg_indicators
),

named as (
    select
        *,
        try_cast(regexp_extract(target_raw, '(20\d\d)\s*年', 1) as integer) as named_year,
        try_cast(regexp_extract(target_raw, '(\d{1,3})\s*月(?:份|底|末|初|中|\d|上|下|$)', 1) as integer) as named_month,
        try_cast(regexp_extract(target_raw, '\d{1,2}\s*月\s*(\d{1,3})\s*日', 1) as integer) as named_day
    from indicators
    where target_raw is not null
),

judged as (
    select
        *,
        case
            when named_month = 0 or named_month > 12 then '没有' || named_month || '月'
            when named_day = 0 or named_day > 31 then named_month || '月没有' || named_day || '日'
            when
                named_day > day(last_day(make_date(coalesce(named_year, 2024), greatest(named_month, 1), 1)))
                then named_month || '月没有' || named_day || '日'
            when
                target_kind = 'quantity'
                and unit in ('天', '日')
                and coalesce(value_low, value_high) > 366
                and regexp_matches(indicator_raw, '天数|日数|全年|年度')
                then '一年没有' || cast(cast(coalesce(value_low, value_high) as integer) as varchar) || '天'
        end as fault
    from named
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        target_raw || '（' || fault || '）' as figures,
        cast(null as decimal(24, 6)) as difference,
        indicator_raw as evidence
    from judged
    where fault is not null
)

select * from offending
