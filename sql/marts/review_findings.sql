-- One row per finding of a current filing, of the reader's and of the review rules'.
with

findings as (
    select * from intermediate.int_findings__united
),

listed as (
    select
        fiscal_year,
        county,
        township,
        unit_code,
        unit_name,
        doc_kind,
        project_code,
        project_name,
        indicator_raw,
        rule,
        coalesce(rule_title, rule) as rule_title,
        severity,
        message,
        evidence,
        figures,
        difference,
        origin,
        filing_id,
        project_no,
        indicator_no,
        file_name,
        page,
        table_no,
        row_no
    from findings
)

select * from listed
