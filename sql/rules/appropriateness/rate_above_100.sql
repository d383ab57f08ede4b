-- A rate lies between 0 and 100 %, unless it measures growth.
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
        cast(greatest(value_low, value_high) - 100 as decimal(24, 6)) as difference,
        indicator_raw as evidence
    from indicators
    where
        target_kind = 'percent'
        and greatest(value_low, value_high) > 100
        and regexp_matches(indicator_raw, '率|比例|占比|满意|比重|覆盖面')
        and not regexp_matches(indicator_raw, '增长|增幅|增速|上升|提高|提升|超额|同比|产出比|投入产出')
)

select * from offending
