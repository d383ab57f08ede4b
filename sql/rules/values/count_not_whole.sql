-- People, households and things are counted whole; an average, or a count of ten thousand, need not be.
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
        target_kind = 'quantity'
        and level2_group = '数量'
        and unit in ('人', '户', '名', '位', '台', '辆', '盏', '座', '所', '个', '套', '册', '件', '场', '次')
        and coalesce(value_low, value_high) <> floor(coalesce(value_low, value_high))
        and not contains(target_raw, '万')
        and not regexp_matches(indicator_raw || coalesce(description, ''), '均|每|平均|人年|折合|标准|密度|指数|倍|系数|万')
)

select * from offending
