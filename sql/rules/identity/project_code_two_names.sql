-- A project code goes with one project name in all filings.
with

filings as (
    select *
    from staging.stg_filings
    where is_current
),

projects as (
    select * from staging.stg_projects
),

named as (
    select
        projects.filing_id,
        projects.project_no,
        projects.project_code,
        projects.project_name,
        projects.project_category,
        filings.file_name,
        filings.received_at
    from projects
    inner join filings
        on projects.filing_id = filings.filing_id
    where projects.project_code is not null
),

offending as (
    select
        later.filing_id,
        later.project_no,
        cast(null as integer) as indicator_no,
        '本处为“' || later.project_name || '”，另处为“' || min(other.project_name) || '”' as figures,
        cast(null as decimal(24, 6)) as difference,
        later.project_code || '（' || min(other.file_name) || '）' as evidence
    from named as later
    inner join named as other
        on
            later.project_code = other.project_code
            and later.project_category <> other.project_category
            and (later.received_at, later.filing_id, later.project_no)
            > (other.received_at, other.filing_id, other.project_no)
    group by later.filing_id, later.project_no, later.project_name, later.project_code
)

select * from offending
