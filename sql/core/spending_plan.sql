-- One row per project and month of its spending plan; sorted by filing_id, project_no, month.
with

sorted as (
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
    order by filing_id, project_no, month
)

select * from sorted
