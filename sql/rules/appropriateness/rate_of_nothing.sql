-- A rate that is good when it is high is not planned at 0 %.
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
        target_kind = 'percent'
        and coalesce(value_high, value_low) = 0
        and regexp_matches(indicator_raw, '满意|合格|完成|达标|及时|到位|覆盖|知晓|准确|优良|完好|化解|受益|处理率|普及')
        and not regexp_matches(
            indicator_raw, '不|未|超|误差|偏差|差错|事故|投诉|下降|降低|减少|逾期|延误|发生|违'
        )
)

select * from offending
