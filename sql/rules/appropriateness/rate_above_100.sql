-- A share of a whole lies between 0 and 100 %; what is measured against last year or a plan may exceed it.
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
        and (
            regexp_matches(
                indicator_raw, '合格|满意|及时|准确|达标|优良|优秀|覆盖|知晓|普及|发放|到位|参保|就业|入学|完好|通过|处理|化解|整改|验收|公开|质量|运转|占比|比重'
            )
            or level2_group = '满意度'
            -- 应养尽养, 应保尽保: all that there are.
            or regexp_matches(indicator_raw, '应.尽.')
            -- Nothing falls by more than all of it.
            or regexp_matches(indicator_raw, '(?:下降|降低|减少|压减|降幅)(?:率|比例|幅度)?$')
        )
        and (
            regexp_matches(indicator_raw, '(?:下降|降低|减少|压减|降幅)(?:率|比例|幅度)?$')
            or not regexp_matches(indicator_raw || coalesce(description, ''), '同比|环比|上年|去年|往年')
        )
        and not regexp_matches(
            indicator_raw || coalesce(description, ''),
            '增长|增幅|增速|上升|提高|提升|超额|比上|产出比|投入产出|完成率|完成比|达产|相当于|倍|负荷|供给|自给|执行率|超收'
        )
)

select * from offending
