-- One row per finding of a current filing: what the reader found, and what the review rules found.
with

filings as (
    select * from intermediate.int_filings__compared
),

reader_findings as (
    select * from core.findings
),

rule_findings as (
    select * from staging.stg_rule_findings
),

rules as (
    select * from staging.stg_rules
),

projects as (
    select * from core.projects
),

indicators as (
    select * from core.indicators
),

from_reader as (
    select
        'reader' as origin,
        reader_findings.filing_id,
        reader_findings.project_no,
        reader_findings.indicator_no,
        reader_findings.rule,
        rules.title as rule_title,
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
),

from_rules as (
    select
        'rule' as origin,
        projects.project_name,
        indicators.indicator_raw,
        rule_findings.filing_id,
        rule_findings.project_no,
        rule_findings.indicator_no,
        rule_findings.rule,
        rules.title as rule_title,
        rules.severity,
        rules.sentence,
        rule_findings.evidence,
        rule_findings.figures,
        cast(rule_findings.difference as decimal(24, 6)) as difference,
        coalesce(indicators.page, projects.page) as page,
        coalesce(indicators.table_no, projects.table_no, 0) as table_no,
        coalesce(indicators.row_no, projects.row_no, 0) as row_no
    from rule_findings
    inner join rules
        on rule_findings.rule = rules.rule
    left join projects
        on
            rule_findings.filing_id = projects.filing_id
            and rule_findings.project_no = projects.project_no
    left join indicators
        on
            rule_findings.filing_id = indicators.filing_id
            and rule_findings.project_no = indicators.project_no
            and rule_findings.indicator_no = indicators.indicator_no
    where rules.is_enabled
),

quoted as (
    select
        *,
        coalesce(regexp_replace(cast(difference as varchar), '\.?0+$', ''), '') as difference_text,
        replace(replace(sentence, '{project}', coalesce(project_name, '')), '{indicator}', coalesce(indicator_raw, ''))
            as named_sentence
    from from_rules
),

worded as (
    select
        * exclude (sentence, project_name, indicator_raw, difference_text, named_sentence),
        replace(
            replace(replace(named_sentence, '{difference}', difference_text), '{figures}', coalesce(figures, '')),
            '{evidence}', coalesce(evidence, '')
        ) as message
    from quoted
),

every as (
    select * from from_reader
    union all by name
    select * from worded
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
        filings.file_name,
        projects.project_code,
        projects.project_name,
        indicators.indicator_raw
    from every
    inner join filings
        on every.filing_id = filings.filing_id
    left join projects
        on
            every.filing_id = projects.filing_id
            and every.project_no = projects.project_no
    left join indicators
        on
            every.filing_id = indicators.filing_id
            and every.project_no = indicators.project_no
            and every.indicator_no = indicators.indicator_no
)

select * from placed
