-- The output indicators of a project cover quantity, quality and timeliness.
with

indicators as (
    select * from staging.stg_indicators
),

groups as (
    select
        filing_id,
        project_no,
        bool_or(level2_group = '数量') as has_quantity,
        bool_or(level2_group = '质量') as has_quality,
        bool_or(level2_group = '时效') as has_time
    from indicators
    group by filing_id, project_no
),

incomplete as (
    select *
    from groups
    where
        (has_quantity or has_quality or has_time)
        and not (has_quantity and has_quality and has_time)
),

missing as (
    select
        incomplete.filing_id,
        incomplete.project_no,
        concat_ws(
            '、',
            case when not any_value(incomplete.has_quantity) then '数量指标' end,
            case when not any_value(incomplete.has_quality) then '质量指标' end,
            case when not any_value(incomplete.has_time) then '时效指标' end
        ) as levels,
        string_agg(distinct indicators.level2_group, '、' order by indicators.level2_group) as present
    from incomplete
    inner join indicators
        on
            incomplete.filing_id = indicators.filing_id
            and incomplete.project_no = indicators.project_no
    group by incomplete.filing_id, incomplete.project_no
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
)

select * from offending
