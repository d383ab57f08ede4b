-- The points that a level states are those of its indicators together.
with

statements as (
    select * from staging.stg_statements
),

indicators as (
    select * from staging.stg_indicators
),

summed as (
    select
        statements.filing_id,
        statements.project_no,
        statements.label,
        any_value(statements.said_raw) as said_raw,
        any_value(statements.said_value_low) as said_points,
        sum(indicators.weight) as points,
        count(*) as rows_of_level,
        bool_and(indicators.weight is not null) as is_whole
    from statements
    inner join indicators
        on
            statements.filing_id = indicators.filing_id
            and statements.project_no = indicators.project_no
            and statements.label
            = case statements.fact when 'level1_points' then indicators.level1 else indicators.level2 end
    where statements.fact in ('level1_points', 'level2_points')
    group by statements.filing_id, statements.project_no, statements.fact, statements.label
    having count(distinct statements.statement_no) = 1
),

wrong as (
    select
        *,
        label || '标明' || said_raw || '，' || rows_of_level || '条指标的分值合计为'
        || regexp_replace(cast(points as varchar), '\.?0+$', '') || '分' as told,
        count(distinct project_no) over (partition by filing_id) as projects
    from summed
    where
        is_whole
        and points <> said_points
        -- Points that are shares of the level count 100 in each.
        and points <> 100
),

-- Where several projects differ the template was left as it was: that is said once.
offending as (
    select
        filing_id,
        case when any_value(projects) = 1 then any_value(project_no) end as project_no,
        cast(null as integer) as indicator_no,
        case
            when any_value(projects) = 1 then string_agg(told, '；' order by label)
            else any_value(projects) || '个项目的分值与表中标明的不符，如' || arg_min(told, project_no)
        end as figures,
        cast(arg_min(points - said_points, project_no) as decimal(24, 6)) as difference,
        arg_min(label || '（' || said_raw || '）', project_no) as evidence
    from wrong
    group by filing_id
)

select * from offending
