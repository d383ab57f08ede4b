-- A timeliness indicator has a date or a figure, not only "on time".
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
        indicator_raw as evidence
    from indicators
    where
        level2_group = '时效'
        and target_kind in ('text', 'grade')
        and coalesce(target_raw, '') <> ''
)

select * from offending
