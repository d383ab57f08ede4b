-- Where the reason says that the work is not done, there are no full marks.
with

indicators as (
    select * from staging.stg_indicators
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        '得分 ' || score_raw || '（满分），偏差原因写“' || trim(deviation_reason) || '”' as figures,
        cast(null as decimal(24, 6)) as difference,
        indicator_raw as evidence
    from indicators
    where
        weight > 0
        and score >= weight
        and regexp_matches(
            deviation_reason, '(?:尚未|还未|没有|未能?|暂未)(?:按[时期计划]+|全部|全面)?(?:开工|完工|完成|实施|启动|动工|开展|建成|到位|拨付|支付|发放|达到|达标|交付)'
        )
        and not regexp_matches(deviation_reason, '没有未|无未|不存在')
)

select * from offending
