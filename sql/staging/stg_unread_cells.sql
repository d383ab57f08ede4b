-- One row per table cell that no record accounts for.
with

renamed as (
    select
        filing_id,
        page,
        table_no,
        row_no,
        col_no,
        text,
        reason
    from stored.unread_cells
)

select * from renamed
