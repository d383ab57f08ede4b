-- One row per county, year, kind of document and rule that fires for most townships: what all do is the form's or the
-- county's own affair, one remark to the bureau and not a letter to each. What must be corrected stays each one's own.
with

findings as (
    select * from intermediate.int_findings__united
),

filings as (
    select * from intermediate.int_filings__compared
),

thresholds as (
    select * from intermediate.int_thresholds__turned
),

filers as (
    select
        fiscal_year,
        county_key,
        doc_kind,
        any_value(county) as county,
        count(distinct township_key) as townships
    from filings
    group by fiscal_year, county_key, doc_kind
),

counted as (
    select
        fiscal_year,
        county_key,
        doc_kind,
        rule,
        any_value(rule_title) as rule_title,
        any_value(dimension) as dimension,
        any_value(severity) as severity,
        any_value(told_to) as told_to,
        count(distinct township_key) as townships,
        count(*) as findings
    from findings
    where severity <> 'error'
    group by fiscal_year, county_key, doc_kind, rule
),

shared as (
    select
        counted.*,
        filers.county,
        filers.townships as filers
    from counted
    inner join filers
        on
            counted.fiscal_year is not distinct from filers.fiscal_year
            and counted.county_key = filers.county_key
            and counted.doc_kind = filers.doc_kind
    cross join thresholds
    where
        filers.townships > thresholds.least_peers
        and counted.townships >= thresholds.shared_share * filers.townships
)

select * from shared
