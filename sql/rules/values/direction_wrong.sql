-- The form's own 正向/反向 column says what the name of the indicator and its target say.
with

indicators as (
    select * from staging.stg_indicators
),

polarities as (
    select * from intermediate.int_indicators__polarity
),

offending as (
    select
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        '指标值 ' || indicators.target_raw || '，' || case polarities.named_polarity when 'lower' then '越少' else '越多' end
        || '越好，指标性质却填“' || trim(indicators.direction_raw) || '”' as figures,
        cast(null as decimal(24, 6)) as difference,
        indicators.indicator_raw as evidence
    from indicators
    inner join polarities
        on
            indicators.filing_id = polarities.filing_id
            and indicators.project_no = polarities.project_no
            and indicators.indicator_no = polarities.indicator_no
    where
        polarities.is_certain
        and polarities.form_polarity <> polarities.named_polarity
        -- The target is the second witness: deaths =0 or ≤2, satisfaction ≥95%.
        and polarities.target_side = polarities.named_polarity
)

select * from offending
