-- One row per project and month of its spending plan.
with

stored as (
    select
        filing_id,
        project_no,
        month,
        cumulative_pct,
        pct_raw,
        page,
        table_no,
        row_no
    from staging.stg_spending_plan
)

select * from stored
