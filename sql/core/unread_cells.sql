-- One row per table cell that no record accounts for.
with

stored as (
    select
        filing_id,
        page,
        table_no,
        row_no,
        col_no,
        text,
        reason
    from staging.stg_unread_cells
)

select * from stored
