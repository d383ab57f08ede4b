-- One row per finding of the reader.
with

stored as (
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
    from staging.stg_findings
)

select * from stored
