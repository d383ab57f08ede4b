-- What was reached is in the unit of the target: 8元 beside 8万元 is a factor of 10 000.
with

indicators as (
    select * from staging.stg_indicators
),

figured as (
    select
        *,
        coalesce(value_high, value_low) as target_yuan,
        coalesce(actual_value_high, actual_value_low) as actual_yuan
    from indicators
    where target_kind = 'money' and actual_kind = 'money'
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        '指标值 ' || target_raw || '，实际完成 ' || actual_raw || '，相差约一万倍' as figures,
        cast(null as decimal(24, 6)) as difference,
        indicator_raw as evidence
    from figured
    where
        target_yuan > 0
        and actual_yuan > 0
        and greatest(target_yuan, actual_yuan) / least(target_yuan, actual_yuan) between 5000 and 20000
)

select * from offending
