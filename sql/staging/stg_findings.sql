-- One row per finding of the reader.
with

renamed as (
    select
        filing_id,
        project_no,
        indicator_no,
        rule,
        severity,
        message,
        evidence,
        finding_no,
        page,
        table_no,
        row_no
    from stored.findings
)

select * from renamed
