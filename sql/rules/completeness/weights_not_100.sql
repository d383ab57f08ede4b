-- The weights of a project's indicators add up to 100 (90 where the other 10 are for execution).
with

indicators as (
    select * from staging.stg_indicators
),

totals as (
    select
        filing_id,
        project_no,
        sum(weight) as total,
        count(weight) as weighted_rows,
        count(*) as rows_of_project,
        bool_or(coalesce(level2_group, '') = '预算执行') as has_execution
    from indicators
    group by filing_id, project_no
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '权重合计 ' || regexp_replace(cast(total as varchar), '\.?0+$', '') || ' 分' as figures,
        cast(total - 100 as decimal(24, 6)) as difference,
        '共' || rows_of_project || '条指标，其中' || weighted_rows || '条有权重' as evidence
    from totals
    where
        weighted_rows > 0
        and total <> 100
        and (total <> 90 or has_execution)
)

select * from offending
