-- What the law gives to people is paid out in full.
with

indicators as (
    select * from staging.stg_indicators
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        target_raw as figures,
        cast(coalesce(value_high, value_low) - 100 as decimal(24, 6)) as difference,
        indicator_raw as evidence
    from indicators
    where
        target_kind = 'percent'
        and coalesce(value_high, value_low) < 100
        and comparator in ('>=', '>', '=')
        and regexp_matches(
            regexp_replace(indicator_raw, '\s|[（(][^（()）]*[)）]$', '', 'g'),
            '^(?:.*(?:补贴|补助|津贴|报酬|工资|低保金?|抚恤金?|供养金?|养老金|救助金|待遇|奖励金))?(?:资金|经费)?(?:足额)?(?:发放|兑付|兑现)(?:率|比例)$'
        )
)

select * from offending
