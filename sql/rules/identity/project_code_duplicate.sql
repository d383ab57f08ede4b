-- Within a filing no two projects have the same code.
with

projects as (
    select * from staging.stg_projects
),

counted as (
    select
        filing_id,
        project_no,
        project_code,
        project_name,
        row_number() over (partition by filing_id, project_code order by project_no) as place,
        first_value(project_no) over (partition by filing_id, project_code order by project_no) as first_no
    from projects
    where project_code is not null
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '与第' || first_no || '个项目相同' as figures,
        cast(null as decimal(24, 6)) as difference,
        project_code || ' ' || project_name as evidence
    from counted
    where place > 1
)

select * from offending
