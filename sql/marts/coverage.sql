-- One row per year, township and kind of filing that was filed, rejected or expected.
with

dated as (
    select * from intermediate.int_filings__dated
),

completeness as (
    select * from intermediate.int_filings__completeness
),

finding_counts as (
    select
        fiscal_year,
        doc_kind,
        township,
        count(*) filter (where severity = 'error') as findings_error,
        count(*) filter (where severity = 'warning') as findings_warning
    from intermediate.int_findings__united
    group by fiscal_year, doc_kind, township
),

covered as (
    select
        dated.fiscal_year,
        dated.county,
        dated.township,
        dated.doc_kind,
        case
            when dated.filings_current > 0 and dated.late_by > 0 then 'late'
            when dated.filings_current > 0 then 'filed'
            when dated.files_rejected > 0 then 'rejected'
            else 'missing'
        end as status,
        dated.is_expected,
        dated.filings_seen,
        dated.filings_current,
        dated.filings_seen - dated.filings_current as filings_replaced,
        dated.files_rejected,
        dated.first_received_at,
        dated.last_received_at,
        dated.due_on,
        nullif(dated.late_by, 0) as days_late,
        coalesce(completeness.projects, 0) as projects,
        coalesce(completeness.projects_without_amount, 0) as projects_without_amount,
        coalesce(completeness.projects_without_code, 0) as projects_without_code,
        coalesce(completeness.projects_without_objective, 0) as projects_without_objective,
        coalesce(completeness.projects_without_indicator, 0) as projects_without_indicator,
        coalesce(completeness.indicators, 0) as indicators,
        coalesce(completeness.indicators_without_target, 0) as indicators_without_target,
        coalesce(completeness.indicators_with_figure, 0) as indicators_with_figure,
        completeness.quantified_pct,
        completeness.completeness_pct,
        coalesce(completeness.unread_cells, 0) as unread_cells,
        coalesce(finding_counts.findings_error, 0) as findings_error,
        coalesce(finding_counts.findings_warning, 0) as findings_warning,
        dated.filing_id,
        dated.file_name
    from dated
    left join completeness
        on
            dated.fiscal_year is not distinct from completeness.fiscal_year
            and dated.doc_kind = completeness.doc_kind
            and dated.township = completeness.township
    left join finding_counts
        on
            dated.fiscal_year is not distinct from finding_counts.fiscal_year
            and dated.doc_kind = finding_counts.doc_kind
            and dated.township = finding_counts.township
)

select * from covered
order by fiscal_year, county, township, doc_kind
