-- One row per year, kind of filing and township that filed: how good the filing is, in three shares and their mean.
-- Places filled in, indicators with a figure, projects without anything to correct or check. Who was read in part, or
-- has doubts open, has no rank; nor has anybody among few. Days late stand beside, and are not mixed in.
with

dated as (
    select
        fiscal_year,
        doc_kind,
        township,
        nullif(late_by, 0) as days_late
    from intermediate.int_filings__dated
),

completeness as (
    select * from intermediate.int_filings__completeness
),

filings as (
    select * from intermediate.int_filings__compared
),

projects as (
    select * from intermediate.int_projects__compared
),

findings as (
    select *
    from intermediate.int_findings__stated
    where
        severity in ('error', 'warning')
        and told_to = 'township'
        and state not in ('settled', 'waived')
),

shared as (
    select * from intermediate.int_findings__shared
),

partly_read as (
    select distinct filing_id
    from intermediate.int_projects__partly_read
),

thresholds as (
    select * from intermediate.int_thresholds__turned
),

-- What most townships have is the form's or the county's own affair, and says nothing of one of them.
own_findings as (
    select findings.*
    from findings
    anti join shared
        on
            findings.fiscal_year is not distinct from shared.fiscal_year
            and findings.county_key = shared.county_key
            and findings.doc_kind = shared.doc_kind
            and findings.rule = shared.rule
            and findings.severity <> 'error'
),

faulty as (
    select
        filing_id,
        project_no,
        count(*) filter (where severity = 'error') as errors,
        count(*) filter (where severity = 'warning') as warnings
    from own_findings
    group by filing_id, project_no
),

filers as (
    select
        filings.fiscal_year,
        filings.doc_kind,
        filings.township,
        any_value(filings.county) as county,
        any_value(filings.county_key) as county_key,
        min(filings.filing_id) as filing_id,
        arg_min(filings.file_name, filings.filing_id) as file_name,
        bool_or(partly_read.filing_id is not null) as is_partly_read
    from filings
    left join partly_read
        on filings.filing_id = partly_read.filing_id
    group by filings.fiscal_year, filings.doc_kind, filings.township
),

project_counts as (
    select
        projects.fiscal_year,
        projects.doc_kind,
        projects.township,
        count(*) as projects,
        count(*) filter (where faulty.filing_id is null) as projects_clean
    from projects
    left join faulty
        on
            projects.filing_id = faulty.filing_id
            and projects.project_no = faulty.project_no
    group by projects.fiscal_year, projects.doc_kind, projects.township
),

finding_counts as (
    select
        fiscal_year,
        doc_kind,
        township,
        count(*) filter (where severity = 'error') as findings_error,
        count(*) filter (where severity = 'warning') as findings_warning
    from own_findings
    group by fiscal_year, doc_kind, township
),

parts as (
    select
        filers.*,
        project_counts.projects,
        completeness.indicators,
        completeness.completeness_pct,
        completeness.quantified_pct,
        round(100.0 * project_counts.projects_clean / project_counts.projects, 4) as clean_pct,
        coalesce(finding_counts.findings_error, 0) as findings_error,
        coalesce(finding_counts.findings_warning, 0) as findings_warning,
        coalesce(completeness.unread_cells, 0) as unread_cells,
        dated.days_late
    from filers
    inner join project_counts
        on
            filers.fiscal_year is not distinct from project_counts.fiscal_year
            and filers.doc_kind = project_counts.doc_kind
            and filers.township = project_counts.township
    inner join completeness
        on
            filers.fiscal_year is not distinct from completeness.fiscal_year
            and filers.doc_kind = completeness.doc_kind
            and filers.township = completeness.township
    left join finding_counts
        on
            filers.fiscal_year is not distinct from finding_counts.fiscal_year
            and filers.doc_kind = finding_counts.doc_kind
            and filers.township = finding_counts.township
    left join dated
        on
            filers.fiscal_year is not distinct from dated.fiscal_year
            and filers.doc_kind = dated.doc_kind
            and filers.township = dated.township
),

averaged as (
    select
        *,
        round((completeness_pct + quantified_pct + clean_pct) / 3, 2) as quality_pct,
        not is_partly_read and quantified_pct is not null as is_rankable
    from parts
),

rankable as (
    select
        fiscal_year,
        doc_kind,
        township,
        count(*) over (partition by fiscal_year, doc_kind, county_key) - 1 as peers,
        rank() over (
            partition by fiscal_year, doc_kind, county_key
            order by quality_pct desc
        ) as place
    from averaged
    where is_rankable
),

ranked as (
    select
        averaged.fiscal_year,
        averaged.county,
        averaged.township,
        averaged.doc_kind,
        case when rankable.peers >= thresholds.least_peers then rankable.place end as quality_rank,
        rankable.peers,
        case
            when not averaged.is_rankable then 'held'
            when rankable.peers < thresholds.least_peers then 'too_few_peers'
            else 'ranked'
        end as ranking,
        averaged.quality_pct,
        averaged.completeness_pct,
        averaged.quantified_pct,
        averaged.clean_pct,
        averaged.projects,
        averaged.indicators,
        averaged.findings_error,
        averaged.findings_warning,
        averaged.days_late,
        averaged.unread_cells,
        averaged.filing_id,
        averaged.file_name
    from averaged
    cross join thresholds
    left join rankable
        on
            averaged.fiscal_year is not distinct from rankable.fiscal_year
            and averaged.doc_kind = rankable.doc_kind
            and averaged.township = rankable.township
)

select * from ranked
order by fiscal_year, county, doc_kind, quality_rank nulls last, township
