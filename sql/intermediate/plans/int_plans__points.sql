-- One row per project and month of its spending plan: the first figure filed for the month that can be a share.
with

points as (
    select * from staging.stg_spending_plan
),

numbered as (
    select
        *,
        row_number() over (
            partition by filing_id, project_no, month
            order by table_no, row_no, pct_raw
        ) as place
    from points
    where cumulative_pct between 0 and 1000
),

firsts as (
    select
        filing_id,
        project_no,
        month,
        cast(cumulative_pct as decimal(9, 4)) as cumulative_pct,
        page,
        table_no,
        row_no
    from numbered
    where place = 1
)

select * from firsts
