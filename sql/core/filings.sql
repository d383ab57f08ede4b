-- One row per filing.
with

stored as (
    select
        filing_id,
        file_name,
        format,
        county,
        township,
        division_code,
        unit_code,
        unit_name,
        fiscal_year,
        doc_kind,
        taxonomy,
        overall_goal,
        page_count,
        received_at,
        is_current,
        supersedes,
        replaced_by,
        version_reason,
        fiscal_year_source,
        content_hash
    from staging.stg_filings
)

select * from stored
