-- The output indicators of a project cover quantity, quality and timeliness.
with

indicators as (
    select * from core.indicators
),

groups as (
    select
        filing_id,
        project_no,
        bool_or(level2_group = '数量') as has_quantity,
        bool_or(level2_group = '质量') as has_quality,
        bool_or(level2_group = '时效') as has_time,
        string_agg(distinct level2_group, '、' order by level2_group) as present
    from indicators
    group by filing_id, project_no
),

missing as (
    select
        filing_id,
        project_no,
        present,
        concat_ws(
            '、',
            case when not has_quantity then '数量指标' end,
            case when not has_quality then '质量指标' end,
            case when not has_time then '时效指标' end
        ) as levels
    from groups
    where has_quantity or has_quality or has_time
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        levels as figures,
        cast(null as decimal(24, 6)) as difference,
        '现有：' || present as evidence
    from missing
    where levels <> ''
)

select * from offending
