-- One row per finding of a current filing with its key and its state.
-- A view: int_findings__united is one. The key says what was found about whom and for which year, nothing of rows or
-- pages: a new reading or a corrected filing that leaves the fault as it was keeps its state.
with

findings as (
    select * from intermediate.int_findings__united
),

projects as (
    select * from staging.stg_projects
),

indicators as (
    select * from staging.stg_indicators
),

states as (
    select * from staging.stg_finding_states
),

named as (
    select
        findings.*,
        projects.project_code,
        projects.project_name,
        indicators.indicator_raw
    from findings
    left join projects
        on
            findings.filing_id = projects.filing_id
            and findings.project_no = projects.project_no
    left join indicators
        on
            findings.filing_id = indicators.filing_id
            and findings.project_no = indicators.project_no
            and findings.indicator_no = indicators.indicator_no
),

keyed as (
    select
        *,
        left(md5(regexp_replace(concat_ws(
            '|',
            coalesce(cast(fiscal_year as varchar), ''),
            doc_kind,
            coalesce(county, ''),
            coalesce(township, unit_name, file_name),
            rule,
            coalesce(project_name, ''),
            coalesce(indicator_raw, ''),
            coalesce(evidence, ''),
            coalesce(figures, '')
        ), '\s+', '', 'g')), 16) as finding_key
    from named
),

stated as (
    select
        keyed.*,
        coalesce(states.state, 'new') as state,
        states.state_reason,
        states.state_at
    from keyed
    left join states
        on keyed.finding_key = states.finding_key
)

select * from stated
