-- One row per project of a filing.
with

stored as (
    select
        filing_id,
        project_no,
        project_code,
        project_name,
        project_category,
        budget_yuan,
        fiscal_yuan,
        carryover_yuan,
        other_yuan,
        purpose,
        project_year,
        is_carryover,
        notice_number,
        adjusted_yuan,
        executed_yuan,
        budget_raw,
        fiscal_raw,
        carryover_raw,
        other_raw,
        adjusted_raw,
        executed_raw,
        execution_rate_raw,
        money_unit_raw,
        unit_name,
        page,
        table_no,
        row_no
    from staging.stg_projects
)

select * from stored
