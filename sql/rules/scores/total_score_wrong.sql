-- The total of a self-evaluation is the sum of the points given, those for spending the budget among them.
with

projects as (
    select * from staging.stg_projects
),

indicators as (
    select * from staging.stg_indicators
),

summed as (
    select
        filing_id,
        project_no,
        sum(score) as given,
        -- A row without its points leaves the sum open.
        bool_and(score is not null or weight is null) as is_whole,
        bool_or(
            regexp_matches(coalesce(level1, '') || coalesce(level2, '') || coalesce(indicator_raw, ''), '预算执行')
        ) as has_execution
    from indicators
    group by filing_id, project_no
),

totals as (
    select
        projects.filing_id,
        projects.project_no,
        projects.project_name,
        projects.total_weight,
        projects.total_score,
        projects.total_score_raw,
        summed.given,
        summed.given + case when summed.has_execution then 0 else coalesce(projects.execution_score, 0) end as whole,
        summed.has_execution or projects.execution_score is not null as knows_execution
    from projects
    inner join summed
        on
            projects.filing_id = summed.filing_id
            and projects.project_no = summed.project_no
    where
        summed.is_whole
        and summed.given > 0
),

wrong as (
    select
        filing_id,
        project_no,
        '项目“' || project_name || '”表中为' || total_score_raw || '，各项得分合计为'
        || regexp_replace(cast(whole as varchar), '\.?0+$', '') || '分' as figures,
        total_score - whole as difference,
        '总分 ' || total_score_raw as evidence
    from totals
    where
        abs(total_score - whole) > 0.1
        -- Some forms count the points for spending apart; where they were not read up to ten may be theirs.
        and abs(total_score - given) > 0.1
        -- A total in whole points may be the sum, rounded.
        and not (total_score = floor(total_score) and total_score in (round(whole), round(given)))
        and (knows_execution or total_score < given or total_score > given + 10)
),

-- One cause, one finding: the row of totals left without points is said once of a filing.
blank_totals as (
    select
        *,
        '“' || project_name || '”' || regexp_replace(cast(whole as varchar), '\.?0+$', '') || '分' as sum_text
    from totals
    where
        total_score is null
        and knows_execution
        and abs(total_weight - whole) > 0.1
),

unfilled as (
    select
        filing_id,
        cast(null as integer) as project_no,
        '总分一行只写了' || regexp_replace(cast(max(total_weight) as varchar), '\.?0+$', '')
        || '、没有写得分合计，而' || count(*) || '个项目的各项得分相加不是这个数：'
        || array_to_string(list(sum_text order by project_no)[:5], '、')
        || case when count(*) > 5 then '等' else '' end as figures,
        cast(null as decimal(24, 6)) as difference,
        '总分 ' || regexp_replace(cast(max(total_weight) as varchar), '\.?0+$', '') as evidence
    from blank_totals
    group by filing_id
),

both_kinds as (
    select * from wrong
    union all by name
    select * from unfilled
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        figures,
        cast(difference as decimal(24, 6)) as difference,
        evidence
    from both_kinds
)

select * from offending
