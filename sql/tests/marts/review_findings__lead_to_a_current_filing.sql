-- Each finding belongs to a current filing and says what it is about.
with

findings as (
    select * from mart.review_findings
),

filings as (
    select *
    from core.filings
    where is_current
),

offending as (
    select
        findings.filing_id,
        findings.rule,
        findings.severity,
        findings.message
    from findings
    left join filings
        on findings.filing_id = filings.filing_id
    where
        filings.filing_id is null
        or findings.severity not in ('error', 'warning', 'info')
        or findings.severity is null
        or coalesce(trim(findings.message), '') = ''
)

select * from offending
