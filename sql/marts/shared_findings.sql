-- One row per county, year, kind of document and rule that fires for most townships: one remark to the bureau.
with

shared as (
    select * from intermediate.int_findings__shared
),

findings as (
    select * from intermediate.int_findings__stated
),

examples as (
    select
        fiscal_year,
        county_key,
        doc_kind,
        rule,
        min_by(
            coalesce(project_name || '：', '') || coalesce(figures, evidence, ''),
            (township, filing_id, project_no, indicator_no)
        ) as example
    from findings
    group by fiscal_year, county_key, doc_kind, rule
),

worded as (
    select
        shared.fiscal_year,
        shared.county,
        shared.doc_kind,
        shared.rule,
        shared.rule_title,
        shared.dimension,
        shared.severity,
        shared.townships,
        shared.filers,
        shared.findings,
        shared.filers || '个乡镇中有' || shared.townships || '个都有“' || shared.rule_title || '”（共' || shared.findings
        || '处），可能是表式或本县做法所致，建议统一明确，不逐一反馈。' as remark,
        examples.example
    from shared
    left join examples
        on
            shared.fiscal_year is not distinct from examples.fiscal_year
            and shared.county_key = examples.county_key
            and shared.doc_kind = examples.doc_kind
            and shared.rule = examples.rule
    where shared.told_to = 'township'
)

select * from worded
order by fiscal_year asc, county asc, doc_kind asc, townships desc, rule asc
