-- A day has 24 hours, a week 7 days, a month 31: no target asks for more of one.
with

indicators as (
    select * from staging.stg_indicators
),

figured as (
    select
        *,
        greatest(coalesce(value_low, 0), coalesce(value_high, 0)) as most,
        indicator_raw || coalesce(description, '') as words
    from indicators
    where target_kind in ('quantity', 'number')
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        target_raw as figures,
        cast(null as decimal(24, 6)) as difference,
        indicator_raw as evidence
    from figured
    where
        (
            regexp_matches(unit, '^(?:小时|时|个小时)(?:/[日天])?$')
            and regexp_matches(words, '日均|每日|每天|一天|全天')
            and most > 24
        )
        or (regexp_matches(unit, '^(?:小时|个小时)/[日天]$') and most > 24)
        or (regexp_matches(unit, '^天/(?:周|星期)$') and most > 7)
        or (regexp_matches(unit, '^天/月$') and most > 31)
        or (unit = '天' and regexp_matches(indicator_raw, '每周|周均') and most > 7)
        or (unit = '天' and regexp_matches(indicator_raw, '每月|月均') and most > 31)
)

select * from offending
