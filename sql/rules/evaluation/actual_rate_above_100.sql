-- A share of a whole that was reached lies between 0 and 100 %.
with

indicators as (
    select * from staging.stg_indicators
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        actual_raw as figures,
        cast(greatest(actual_value_low, actual_value_high) - 100 as decimal(24, 6)) as difference,
        indicator_raw as evidence
    from indicators
    where
        actual_kind = 'percent'
        and target_kind = 'percent'
        and coalesce(value_high, value_low) <= 100
        and greatest(actual_value_low, actual_value_high) > 100
        and regexp_matches(indicator_raw, '满意|合格|及时|准确|达标|优良|优秀|覆盖|知晓|普及|参保|完好|通过|到位|入学')
        and not regexp_matches(
            indicator_raw || coalesce(description, ''), '增长|增幅|增速|提高|提升|超额|同比|上年|完成率|完成比'
        )
)

select * from offending
