-- One row per project or indicator that takes no part in comparisons until a person has decided, with the reasons why.
-- A finding holds what it says is wrong (a sum that does not add up), not what it says is missing beside it.
-- Nothing that a rule reads may read this: it is made of what the rules find.
with

doubts as (
    select * from intermediate.int_doubts__united
),

doubt_reasons as (
    select * from staging.stg_doubt_reasons
),

projects as (
    select
        filing_id,
        project_no
    from staging.stg_projects
),

indicators as (
    select
        filing_id,
        project_no,
        indicator_no
    from staging.stg_indicators
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

-- Whoever waives a finding has decided that the value stands.
waived as (
    select * from intermediate.int_findings__stated
    where state = 'waived'
),

-- A value that a person wants out stays out; accepted and corrected ones are settled.
holding as (
    select
        doubts.filing_id,
        doubts.project_no,
        doubts.indicator_no,
        doubt_reasons.sentence as reason
    from doubts
    inner join doubt_reasons
        on doubts.reason = doubt_reasons.reason
    where
        (doubts.decision = 'open' and doubt_reasons.holds)
        or doubts.decision = 'excluded'
),

-- A doubt about the filing itself (its year, who filed it) is one about everything in it.
of_whole_filings as (
    select
        filing_id,
        reason
    from holding
    where project_no is null
),

of_all_projects as (
    select
        projects.filing_id,
        projects.project_no,
        cast(null as integer) as indicator_no,
        of_whole_filings.reason
    from projects
    inner join of_whole_filings
        on projects.filing_id = of_whole_filings.filing_id
),

of_all_indicators as (
    select
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        of_whole_filings.reason
    from indicators
    inner join of_whole_filings
        on indicators.filing_id = of_whole_filings.filing_id
),

reader_errors as (
    select
        filing_id,
        project_no,
        indicator_no,
        coalesce(rule_title, message) as reason
    from reader_findings
    where
        severity = 'error'
        and holds = 'record'
        and not exists (
            select 1
            from waived
            where
                reader_findings.filing_id = waived.filing_id
                and reader_findings.rule = waived.rule
                and reader_findings.project_no is not distinct from waived.project_no
                and reader_findings.indicator_no is not distinct from waived.indicator_no
        )
),

rule_errors as (
    select
        rule_findings.filing_id,
        rule_findings.project_no,
        rule_findings.indicator_no,
        rules.title as reason
    from rule_findings
    inner join rules
        on rule_findings.rule = rules.rule
    where
        rules.severity = 'error'
        and rules.holds = 'record'
        and rules.is_enabled
        and not exists (
            select 1
            from waived
            where
                rule_findings.filing_id = waived.filing_id
                and rule_findings.rule = waived.rule
                and rule_findings.project_no is not distinct from waived.project_no
                and rule_findings.indicator_no is not distinct from waived.indicator_no
        )
),

every as (
    select * from holding
    union all by name
    select * from of_all_projects
    union all by name
    select * from of_all_indicators
    union all by name
    select * from reader_errors
    union all by name
    select * from rule_errors
),

held as (
    select
        filing_id,
        project_no,
        indicator_no,
        array_to_string(list_sort(list_distinct(list(reason))), '；') as held_reason
    from every
    where project_no is not null
    group by filing_id, project_no, indicator_no
)

select * from held
