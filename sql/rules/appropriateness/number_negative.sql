-- Nothing that is counted, paid or measured is less than nothing; a change may be.
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
        cast(null as decimal(24, 6)) as difference,
        indicator_raw as evidence
    from indicators
    where
        regexp_matches(target_raw, '^\s*(?:[≥≤＞＜=＝><]|大于|小于|不低于|不少于|不超过)*\s*[-－—]\s*\d[\d.,]*\s*[^\d\s~～至到%％‰-]{0,6}$')
        and not regexp_matches(target_raw, '月|年|日|温|度')
        and not regexp_matches(indicator_raw, '率|增|减|降|升|变化|变动|差|温|海拔|盈亏|净')
)

select * from offending
