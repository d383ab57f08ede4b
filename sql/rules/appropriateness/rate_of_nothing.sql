-- A rate that is good when it is high is not planned at 0 %.
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
        indicators.target_raw as figures,
        cast(null as decimal(24, 6)) as difference,
        indicators.indicator_raw as evidence
    from indicators
    inner join polarities
        on
            indicators.filing_id = polarities.filing_id
            and indicators.project_no = polarities.project_no
            and indicators.indicator_no = polarities.indicator_no
    where
        indicators.target_kind = 'percent'
        and coalesce(indicators.value_high, indicators.value_low) = 0
        and polarities.polarity = 'higher'
        and polarities.is_certain
)

select * from offending
