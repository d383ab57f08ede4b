-- One row per file of the inbox that could not be read; sorted by file_name, sha256.
with

sorted as (
    select
        file_name,
        sha256,
        reason,
        detail,
        rejected_at
    from staging.stg_rejected_files
    order by file_name, sha256
)

select * from sorted
