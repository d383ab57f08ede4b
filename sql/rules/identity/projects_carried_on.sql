-- A filing that replaces an earlier one of its unit, year and kind holds all projects of the earlier one.
with

filings as (
    select * from staging.stg_filings
),

projects as (
    select * from staging.stg_projects
),

decided as (
    select
        filing_id,
        project_no
    from staging.stg_doubts
    where
        field = 'project_name'
        and decision <> 'open'
),

carried_on as (
    select
        earlier.replaced_in_part_by as filing_id,
        string_agg(projects.project_name, '、' order by earlier.filing_id, projects.project_no) as names,
        count(*) as projects,
        min(earlier.file_name) as file_name
    from filings as earlier
    inner join projects
        on earlier.filing_id = projects.filing_id
    where
        earlier.replaced_in_part_by is not null
        and not list_contains(string_split(earlier.projects_replaced, ' '), cast(projects.project_no as varchar))
        and not exists (
            select 1
            from decided
            where
                projects.filing_id = decided.filing_id
                and projects.project_no = decided.project_no
        )
    group by earlier.replaced_in_part_by
),

offending as (
    select
        filing_id,
        cast(null as integer) as project_no,
        cast(null as integer) as indicator_no,
        names as figures,
        cast(projects as decimal(24, 6)) as difference,
        file_name as evidence
    from carried_on
)

select * from offending
