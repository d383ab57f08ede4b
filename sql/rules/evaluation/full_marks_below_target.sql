-- An indicator that missed its target does not get full marks.
with

indicators as (
    select * from staging.stg_indicators
),

achieved as (
    select
        *,
        coalesce(actual_base_value_low, actual_value_low, actual_base_value_high, actual_value_high) as actual,
        coalesce(base_value_low, value_low) as low,
        coalesce(base_value_high, value_high) as high
    from indicators
    where
        unit_family = actual_unit_family
        and weight > 0
        and score >= weight
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        '指标值 ' || target_raw || '，实际完成 ' || actual_raw || '，得分 ' || score_raw || '（满分）' as figures,
        cast(actual - coalesce(case when actual < low then low end, high) as decimal(24, 6)) as difference,
        indicator_raw as evidence
    from achieved
    where
        (comparator in ('>=', '=', 'between') and actual < low)
        or (comparator = '>' and actual <= low)
        or (comparator in ('<=', 'between') and actual > high)
        or (comparator = '<' and actual >= high)
)

select * from offending
