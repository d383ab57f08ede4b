-- A goal is not the purpose once more, word for word.
with

projects as (
    select * from staging.stg_projects
),

objectives as (
    select * from staging.stg_objectives
),

compared as (
    select
        objectives.*,
        regexp_replace(objectives.objective_text, '[\s。，、；,.;]', '', 'g') as goal_key,
        regexp_replace(projects.purpose, '[\s。，、；,.;]', '', 'g') as purpose_key
    from objectives
    inner join projects
        on
            objectives.filing_id = projects.filing_id
            and objectives.project_no = projects.project_no
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '与资金用途一字不差' as figures,
        cast(null as decimal(24, 6)) as difference,
        objective_text as evidence
    from compared
    where
        goal_key = purpose_key
        and length(goal_key) >= 8
)

select * from offending
