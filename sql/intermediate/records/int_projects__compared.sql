-- One row per project of a current filing; a project that a later filing of the unit holds again counts there, one that
-- a person has excluded by its name counts nowhere. is_prior marks earlier years' money: carried over, or named for it.
with

filings as (
    select * from intermediate.int_filings__compared
),

replaced_projects as (
    select * from intermediate.int_projects__replaced
),

projects as (
    select * from staging.stg_projects
),

held as (
    select
        filing_id,
        project_no,
        held_reason
    from intermediate.int_records__held
    where indicator_no is null
),

joined as (
    select
        filings.filing_id,
        filings.file_name,
        filings.fiscal_year,
        filings.county,
        filings.county_key,
        filings.township,
        filings.township_key,
        filings.unit_code,
        filings.unit_name,
        filings.doc_kind,
        filings.is_plan,
        projects.project_no,
        projects.project_code,
        projects.project_name,
        projects.budget_yuan,
        projects.fiscal_yuan,
        projects.carryover_yuan,
        projects.other_yuan,
        projects.adjusted_yuan,
        projects.executed_yuan,
        projects.execution_rate_raw,
        projects.project_year,
        projects.is_carryover,
        coalesce(projects.is_carryover, false)
        or coalesce(projects.project_year < filings.fiscal_year, false) as is_prior,
        held.filing_id is not null as is_held,
        held.held_reason,
        projects.purpose,
        projects.page,
        projects.table_no,
        projects.row_no,
        coalesce(nullif(projects.project_category, ''), projects.project_name) as project_category,
        rank() over (
            partition by
                filings.fiscal_year, filings.county_key, filings.township, coalesce(filings.unit_code, ''),
                filings.doc_kind, coalesce(projects.project_code, projects.project_name)
            order by filings.received_at desc, filings.filing_id asc
        ) as edition
    from filings
    inner join projects
        on filings.filing_id = projects.filing_id
    left join held
        on
            projects.filing_id = held.filing_id
            and projects.project_no = held.project_no
    where
        not exists (
            select 1
            from replaced_projects
            where
                projects.filing_id = replaced_projects.filing_id
                and projects.project_no = replaced_projects.project_no
        )
),

latest as (
    select * exclude (edition)
    from joined
    where edition = 1
)

select * from latest
