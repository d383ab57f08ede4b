-- Quantity and cost indicators have a number as their target.
with

indicators as (
    select * from staging.stg_indicators
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        '指标值“' || target_raw || '”' as figures,
        cast(null as decimal(24, 6)) as difference,
        level2 || '：' || indicator_raw as evidence
    from indicators
    where
        level2_group in ('数量', '成本')
        and target_kind in ('grade', 'text')
        -- A cost of society or of the environment (taxonomy of 2021) may be told in words.
        and not regexp_matches(coalesce(level2, ''), '社会成本|环境成本|生态成本')
)

select * from offending
