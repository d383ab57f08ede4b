-- One row per finding of a current filing: what the reader found, and what the review rules found.
-- A view: most are counted only, and not worded.
with

filings as (
    select * from intermediate.int_filings__compared
),

reader_findings as (
    select * from intermediate.int_findings__read
),

rule_findings as (
    select * from staging.stg_rule_findings
),

rules as (
    select * from staging.stg_rules
),

from_rules as (
    select
        'rule' as origin,
        rule_findings.filing_id,
        rule_findings.project_no,
        rule_findings.indicator_no,
        rule_findings.rule,
        rules.title as rule_title,
        rules.severity,
        rules.sentence,
        rule_findings.evidence,
        rule_findings.figures,
        cast(rule_findings.difference as decimal(24, 6)) as difference
    from rule_findings
    inner join rules
        on rule_findings.rule = rules.rule
    where rules.is_enabled
),

every as (
    select * from reader_findings
    union all by name
    select * from from_rules
),

placed as (
    select
        every.*,
        filings.fiscal_year,
        filings.county,
        filings.township,
        filings.unit_code,
        filings.unit_name,
        filings.doc_kind,
        filings.file_name
    from every
    inner join filings
        on every.filing_id = filings.filing_id
)

select * from placed
