-- The weights of a project's indicators add up to 100 (90 where the other 10 are for execution).
with

projects as (
    select * from staging.stg_projects
),

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

with_execution as (
    select
        totals.*,
        case when not totals.has_execution then projects.execution_weight end as execution_weight
    from totals
    left join projects
        on
            totals.filing_id = projects.filing_id
            and totals.project_no = projects.project_no
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '权重合计 ' || regexp_replace(cast(total as varchar), '\.?0+$', '') || ' 分' || case
            when execution_weight > 0
                then
                    '，加预算执行 ' || regexp_replace(cast(execution_weight as varchar), '\.?0+$', '') || ' 分共 '
                    || regexp_replace(cast(total + execution_weight as varchar), '\.?0+$', '') || ' 分'
            else ''
        end as figures,
        cast(total + coalesce(execution_weight, 0) - 100 as decimal(24, 6)) as difference,
        '共' || rows_of_project || '条指标，其中' || weighted_rows || '条有权重' as evidence
    from with_execution
    where
        weighted_rows > 0
        and total <> 100
        and total + coalesce(execution_weight, 0) <> 100
        and (total <> 90 or has_execution or execution_weight > 0)
)

select * from offending
