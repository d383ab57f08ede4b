-- The goals of different projects of a filing are worded differently: most lines of one do not stand in another.
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
        objectives.objective_no,
        coalesce(projects.project_category, cast(objectives.project_no as varchar)) as category,
        regexp_replace(objectives.objective_text, '[\s。，,.；;、]', '', 'g') as wording,
        objectives.objective_text
    from objectives
    left join projects
        on
            objectives.filing_id = projects.filing_id
            and objectives.project_no = projects.project_no
),

-- Only projects that have one line in common word for word are compared line by line.
pairs as (
    select distinct
        one.filing_id,
        one.project_no,
        other.project_no as other_no
    from worded as one
    inner join worded as other
        on
            one.filing_id = other.filing_id
            and one.project_no < other.project_no
            and one.wording = other.wording
    where
        length(one.wording) >= 6
        -- What is left of a programme and its new year have one goal.
        and one.category <> other.category
),

-- A line whose topic alone was exchanged (开展统计工作, 开展征兵工作) is alike; the distance counts bytes, as strlen does.
lines as (
    select
        pairs.filing_id,
        pairs.project_no,
        pairs.other_no,
        one.objective_no,
        one.objective_text,
        min(
            levenshtein(one.wording, other.wording) / greatest(strlen(one.wording), strlen(other.wording), 1)
        ) <= 0.2 as is_alike,
        bool_or(one.wording = other.wording) as is_same
    from pairs
    inner join worded as one
        on
            pairs.filing_id = one.filing_id
            and pairs.project_no = one.project_no
    inner join worded as other
        on
            pairs.filing_id = other.filing_id
            and pairs.other_no = other.project_no
    group by pairs.filing_id, pairs.project_no, pairs.other_no, one.objective_no, one.objective_text
),

copied as (
    select
        filing_id,
        project_no,
        other_no,
        arg_min(objective_text, objective_no) filter (where is_same) as objective_text
    from lines
    group by filing_id, project_no, other_no
    having count(*) filter (where is_alike) > 0.5 * count(*)
),

-- One finding for all projects that have a line in common.
gathered as (
    select
        filing_id,
        objective_text,
        list_sort(list_distinct(flatten(list([project_no, other_no])))) as project_nos
    from copied
    group by filing_id, objective_text
),

offending as (
    select
        filing_id,
        cast(null as integer) as project_no,
        cast(null as integer) as indicator_no,
        '第' || array_to_string(project_nos, '、') || '个项目' as figures,
        cast(len(project_nos) as decimal(24, 6)) as difference,
        objective_text as evidence
    from gathered
)

select * from offending
