-- The names of a project's indicators are different.
with

indicators as (
    select * from core.indicators
),

named as (
    select
        filing_id,
        project_no,
        indicator_no,
        target_raw,
        regexp_replace(indicator_raw, '\s', '', 'g') as name,
        coalesce(level2_group, '') as level2_group
    from indicators
    where indicator_raw is not null
),

counted as (
    select
        *,
        count(*) over (partition by filing_id, project_no, level2_group, name) as times,
        row_number() over (partition by filing_id, project_no, level2_group, name order by indicator_no) as place,
        string_agg(coalesce(target_raw, '空'), '、' order by indicator_no) over (
            partition by filing_id, project_no, level2_group, name
        ) as targets
    from named
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        '出现' || times || '次' as figures,
        cast(times - 1 as decimal(24, 6)) as difference,
        '指标值：' || targets as evidence
    from counted
    where times > 1 and place = 2
)

select * from offending
