-- A goal says what is to be reached, not what the money is used for.
with

objectives as (
    select * from staging.stg_objectives
),

-- One cause, one finding: once in a filing.
offending as (
    select
        filing_id,
        case when count(distinct project_no) = 1 then min(project_no) end as project_no,
        cast(null as integer) as indicator_no,
        '第' || array_to_string(list_sort(list(distinct project_no)), '、') || '个项目的绩效目标写的是资金用途' as figures,
        cast(count(*) as decimal(24, 6)) as difference,
        min_by(objective_text, (project_no, objective_no)) as evidence
    from objectives
    where
        regexp_matches(objective_text, '^(?:资金)?(?:主要)?用于')
        and not regexp_matches(objective_text, '\d|使|达到|实现|提高|提升|改善')
    group by filing_id
)

select * from offending
