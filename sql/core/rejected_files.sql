-- One row per file of the inbox that could not be read.
with

stored as (
    select
        file_name,
        sha256,
        reason,
        detail,
        rejected_at
    from staging.stg_rejected_files
)

select * from stored
