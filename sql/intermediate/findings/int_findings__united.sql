-- One row per finding of a current filing: what the reader found, and what the review rules found. The gate that every
-- sentence to a township passes; what each rule waits for and yields to are columns of sql/rules/catalogue.csv.
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

partly_read as (
    select * from intermediate.int_projects__partly_read
),

replaced_projects as (
    select * from intermediate.int_projects__replaced
),

doubted as (
    select * from intermediate.int_records__doubted
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
        rules.waits_for,
        rules.yields_to,
        rules.dimension,
        rules.told_to,
        rules.counts_in,
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

-- What speaks of a whole project waits while a cell of it is unread or a value of it doubted; what speaks of one value,
-- while that one is. A doubt about the filing itself (its year, its filer) is one about all of it.
certain as (
    select every.*
    from every
    where
        not exists (
            select 1
            from partly_read
            where
                every.filing_id = partly_read.filing_id
                and (
                    every.waits_for = 'all'
                    or (every.waits_for = 'money' and not partly_read.is_text)
                    or (every.waits_for = 'project' and not partly_read.is_money)
                )
                and (
                    every.project_no = partly_read.project_no
                    or every.project_no is null
                    or partly_read.project_no is null
                )
        )
        and not exists (
            select 1
            from doubted
            where
                every.filing_id = doubted.filing_id
                and every.waits_for = 'value'
                and (
                    doubted.project_no is null
                    or (
                        every.project_no = doubted.project_no
                        and every.indicator_no is not distinct from doubted.indicator_no
                    )
                )
        )
),

-- One cause is one finding: a rule yields where another has named the same fault of the project or the indicator.
sayable as (
    select certain.*
    from certain
    where not exists (
        select 1
        from certain as other
        where
            certain.yields_to <> ''
            and certain.filing_id = other.filing_id
            and list_contains(string_split(certain.yields_to, ' '), other.rule)
            and certain.project_no = other.project_no
            and coalesce(certain.indicator_no = other.indicator_no, true)
    )
),

placed as (
    select
        sayable.*,
        filings.fiscal_year,
        filings.county,
        filings.county_key,
        filings.township_key,
        filings.township,
        filings.unit_code,
        filings.unit_name,
        filings.doc_kind,
        filings.file_name
    from sayable
    inner join filings
        on sayable.filing_id = filings.filing_id
    -- What a later filing says anew, or a person has taken out, is no longer spoken of; nor is, of an evaluation that
    -- repeats the targets, what was to be said of the targets themselves.
    where
        (
            filings.is_plan
            or sayable.severity = 'error'
            or coalesce(sayable.dimension not in ('完整性', '相关性', '适当性', '可行性'), true)
        )
        and not exists (
            select 1
            from replaced_projects
            where
                sayable.filing_id = replaced_projects.filing_id
                and sayable.project_no = replaced_projects.project_no
        )
)

select * from placed
