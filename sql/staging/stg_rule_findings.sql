-- One row per place that a review rule (sql/rules) points at.
with

renamed as (
    select
        rule,
        filing_id,
        project_no,
        indicator_no,
        evidence,
        figures,
        difference
    from rules.findings
)

select * from renamed
