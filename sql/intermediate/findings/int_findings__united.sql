-- One row per finding of a current filing: what the reader found, and what the review rules found.
-- A view: most are counted only, and not worded. The gate that every sentence to a township passes: of a project that
-- was read in part only (int_projects__partly_read) none says that something is missing.
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

partly_read as (
    select * from intermediate.int_projects__partly_read
),

replaced_projects as (
    select * from intermediate.int_projects__replaced
),

says_missing as (
    select unnest([
        'project_incomplete',
        'output_or_benefit_missing',
        'satisfaction_missing',
        'output_groups_missing',
        'cost_missing',
        'target_empty',
        'weights_not_100',
        'deadline_without_date',
        'reason_missing',
        'project_name_missing',
        'indicator_name_missing',
        'money_unit_missing',
        'target_filler'
    ]) as rule
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

sayable as (
    select every.*
    from every
    where
        every.rule not in (select says_missing.rule from says_missing)
        or not exists (
            select 1
            from partly_read
            where
                every.filing_id = partly_read.filing_id
                and (every.project_no = partly_read.project_no or every.project_no is null)
        )
),

placed as (
    select
        sayable.*,
        filings.fiscal_year,
        filings.county,
        filings.township,
        filings.unit_code,
        filings.unit_name,
        filings.doc_kind,
        filings.file_name
    from sayable
    inner join filings
        on sayable.filing_id = filings.filing_id
    -- What a later filing says anew, or a person has taken out, is no longer spoken of.
    where
        not exists (
            select 1
            from replaced_projects
            where
                sayable.filing_id = replaced_projects.filing_id
                and sayable.project_no = replaced_projects.project_no
        )
)

select * from placed
