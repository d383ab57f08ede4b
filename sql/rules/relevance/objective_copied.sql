-- The goals of different projects of a filing are worded differently.
with

objectives as (
    select * from staging.stg_objectives
),

projects as (
    select * from staging.stg_projects
),

worded as (
    select
        objectives.filing_id,
        objectives.project_no,
        projects.project_category,
        regexp_replace(objectives.objective_text, '[\s。，,.；;、]', '', 'g') as wording,
        objectives.objective_text
    from objectives
    left join projects
        on
            objectives.filing_id = projects.filing_id
            and objectives.project_no = projects.project_no
),

-- The projects are counted and listed for those wordings only that stand twice.
repeated as (
    select hash(filing_id, wording) as wording_key
    from worded
    where length(wording) >= 6
    group by wording_key
    having count(*) > 1
),

compared as (
    select
        worded.filing_id,
        worded.wording,
        min(worded.objective_text) as objective_text,
        count(distinct worded.project_no) as times,
        count(distinct coalesce(worded.project_category, cast(worded.project_no as varchar))) as categories,
        array_to_string(list_sort(list(distinct worded.project_no)), '、') as project_nos
    from worded
    inner join repeated
        on hash(worded.filing_id, worded.wording) = repeated.wording_key
    group by worded.filing_id, worded.wording
),

offending as (
    select
        filing_id,
        cast(null as integer) as project_no,
        cast(null as integer) as indicator_no,
        '第' || project_nos || '个项目' as figures,
        cast(times as decimal(24, 6)) as difference,
        objective_text as evidence
    from compared
    where
        times > 1
        -- What is left of a programme and its new year have one goal.
        and categories > 1
)

select * from offending
