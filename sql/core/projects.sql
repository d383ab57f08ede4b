-- One row per project of a filing, as stored; is_held says that it takes no part in comparisons.
with

projects as (
    select * from staging.stg_projects
),

filings as (
    select * from staging.stg_filings
),

held as (
    select
        filing_id,
        project_no,
        held_reason
    from intermediate.int_records__held
    where indicator_no is null
),

marked as (
    select
        projects.*,
        held.filing_id is not null as is_held,
        held.held_reason,
        filings.fiscal_year,
        filings.township
    from projects
    inner join filings
        on projects.filing_id = filings.filing_id
    left join held
        on
            projects.filing_id = held.filing_id
            and projects.project_no = held.project_no
)

select * from marked
order by filing_id, project_no
