-- One row per finding of the reader; sorted by filing_id, finding_no.
with

sorted as (
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
    order by filing_id, finding_no
)

select * from sorted
