-- Each project has output indicators and benefit indicators.
with

indicators as (
    select * from staging.stg_indicators
),

groups as (
    select
        filing_id,
        project_no,
        count(*) as rows_of_project,
        bool_or(
            level2_group in ('数量', '质量', '时效') or coalesce(level1, '') similar to '.*(产出|履职).*'
        ) as has_output,
        bool_or(
            level2_group in ('经济效益', '社会效益', '生态效益', '可持续影响')
            or coalesce(level1, '') similar to '.*(效益|效果|效应).*'
        ) as has_benefit
    from indicators
    group by filing_id, project_no
),

missing as (
    select
        filing_id,
        project_no,
        rows_of_project,
        concat_ws(
            '、',
            case when not has_output then '产出指标' end,
            case when not has_benefit then '效益指标' end
        ) as levels
    from groups
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        levels as figures,
        cast(null as decimal(24, 6)) as difference,
        '共' || rows_of_project || '条指标' as evidence
    from missing
    where levels <> ''
)

select * from offending
