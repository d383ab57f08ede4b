-- Quantity and benefit indicators reach at least 80 % of their target (below 60 %: red, below 80 %: yellow).
with

indicators as (
    select * from staging.stg_indicators
),

achieved as (
    select
        *,
        coalesce(actual_base_value_low, actual_value_low) as actual,
        coalesce(base_value_low, value_low) as low
    from indicators
    where
        unit_family = actual_unit_family
        and comparator in ('>=', '>', '=')
        and target_kind in ('quantity', 'percent', 'money')
        and level2_group in ('数量', '经济效益', '社会效益', '生态效益', '可持续影响')
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        '指标值 ' || target_raw || '，实际完成 ' || actual_raw || '，完成 '
        || format('{:.0f}', cast(100 * actual / low as double)) || '%（'
        || case when actual < 0.6 * low then '红灯' else '黄灯' end || '）' as figures,
        cast(actual - low as decimal(24, 6)) as difference,
        indicator_raw as evidence
    from achieved
    where low > 0 and actual < 0.8 * low
)

select * from offending
