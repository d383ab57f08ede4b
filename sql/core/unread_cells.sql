-- One row per table cell that no record accounts for; sorted by filing_id, table_no, row_no, col_no.
with

sorted as (
    select
        filing_id,
        page,
        table_no,
        row_no,
        col_no,
        text,
        reason
    from staging.stg_unread_cells
    order by filing_id, table_no, row_no, col_no
)

select * from sorted
