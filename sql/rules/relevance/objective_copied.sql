-- The goals of different projects of a filing are worded differently.
with

objectives as (
    select * from staging.stg_objectives
),

worded as (
    select
        filing_id,
        project_no,
        regexp_replace(objective_text, '[\s。，,.；;、]', '', 'g') as wording,
        objective_text
    from objectives
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
    where times > 1
)

select * from offending
