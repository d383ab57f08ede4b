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
        -- Every day, every month and all year are times too.
        and not regexp_matches(target_raw, '每[日天周月季年]|按[日周月季]|全年|当年|年度|常年|长期|日产日清|随时|\d+\s*(?:小时|天|日|个月|分钟)')
)

select * from offending
