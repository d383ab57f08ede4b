-- A price has a unit: of 2.8 nobody knows whether it is yuan or ten thousand yuan.
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
        target_kind in ('number', 'quantity', 'money')
        and coalesce(unit, '') = ''
        and regexp_matches(indicator_raw, '(?:价格|单价|造价|均价|成本|金额|费用|标准|经费)(?:[（(].*[)）])?$')
        and not regexp_matches(indicator_raw, '率|比|元|达标|质量|工作标准')
)

select * from offending
