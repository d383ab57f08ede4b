-- The result does not exceed the target by more than 30 %: then the target was set too low.
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
        and coalesce(level2_group, '') <> '成本'
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        '指标值 ' || target_raw || '，实际完成 ' || actual_raw || '，为指标值的 '
        || format('{:.0f}', cast(100 * actual / low as double)) || '%' as figures,
        cast(actual - low as decimal(24, 6)) as difference,
        indicator_raw as evidence
    from achieved
    where low > 0 and actual > 1.3 * low
)

select * from offending
