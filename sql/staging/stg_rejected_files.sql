-- One row per file of the inbox that could not be read.
with

renamed as (
    select
        file_name,
        sha256,
        reason,
        detail,
        rejected_at
    from stored.rejected_files
)

select * from renamed
