-- One row per finding of the reader's, as the county wants it judged; what it switched off is left out.
with

reader_findings as (
    select * from staging.stg_findings
),

rules as (
    select * from staging.stg_rules
),

judged as (
    select
        'reader' as origin,
        reader_findings.filing_id,
        reader_findings.project_no,
        reader_findings.indicator_no,
        reader_findings.rule,
        rules.title as rule_title,
        rules.dimension,
        rules.holds,
        coalesce(rules.waits_for, 'nothing') as waits_for,
        coalesce(rules.yields_to, '') as yields_to,
        coalesce(rules.told_to, 'bureau') as told_to,
        rules.counts_in,
        coalesce(rules.severity, reader_findings.severity) as severity,
        reader_findings.message,
        reader_findings.evidence,
        cast(null as varchar) as figures,
        cast(null as decimal(24, 6)) as difference,
        reader_findings.page,
        reader_findings.table_no,
        reader_findings.row_no
    from reader_findings
    left join rules
        on reader_findings.rule = rules.rule
    where coalesce(rules.is_enabled, true)
)

select * from judged
