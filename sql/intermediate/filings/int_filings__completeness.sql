-- One row per year, kind of filing and township: how completely its current filings are filled in.
with

projects as (
    select * from intermediate.int_projects__compared
),

indicators as (
    select * from intermediate.int_indicators__compared
),

objectives as (
    select distinct
        filing_id,
        project_no
    from staging.stg_objectives
),

unread as (
    select
        filing_id,
        count(*) as unread_cells
    from staging.stg_unread_cells
    group by filing_id
),

filings as (
    select * from intermediate.int_filings__compared
),

indicator_counts as (
    select
        filing_id,
        project_no,
        count(*) as indicators,
        count(*) filter (where coalesce(trim(target_raw), '') = '') as without_target,
        count(*) filter (where target_kind in ('percent', 'quantity', 'money', 'date')) as with_figure
    from indicators
    group by filing_id, project_no
),

project_counts as (
    select
        projects.fiscal_year,
        projects.doc_kind,
        projects.township,
        count(*) as projects,
        count(*) filter (where projects.budget_yuan is null) as projects_without_amount,
        count(*) filter (where coalesce(trim(projects.project_code), '') = '') as projects_without_code,
        count(*) filter (where objectives.filing_id is null) as projects_without_objective,
        count(*) filter (where indicator_counts.indicators is null) as projects_without_indicator,
        coalesce(sum(indicator_counts.indicators), 0) as indicators,
        coalesce(sum(indicator_counts.without_target), 0) as indicators_without_target,
        coalesce(sum(indicator_counts.with_figure), 0) as indicators_with_figure
    from projects
    left join objectives
        on
            projects.filing_id = objectives.filing_id
            and projects.project_no = objectives.project_no
    left join indicator_counts
        on
            projects.filing_id = indicator_counts.filing_id
            and projects.project_no = indicator_counts.project_no
    group by projects.fiscal_year, projects.doc_kind, projects.township
),

filing_counts as (
    select
        filings.fiscal_year,
        filings.doc_kind,
        filings.township,
        coalesce(sum(unread.unread_cells), 0) as unread_cells
    from filings
    left join unread
        on filings.filing_id = unread.filing_id
    group by filings.fiscal_year, filings.doc_kind, filings.township
),

joined as (
    select
        filing_counts.fiscal_year,
        filing_counts.doc_kind,
        filing_counts.township,
        cast(filing_counts.unread_cells as bigint) as unread_cells,
        coalesce(project_counts.projects, 0) as projects,
        coalesce(project_counts.projects_without_amount, 0) as projects_without_amount,
        coalesce(project_counts.projects_without_code, 0) as projects_without_code,
        coalesce(project_counts.projects_without_objective, 0) as projects_without_objective,
        coalesce(project_counts.projects_without_indicator, 0) as projects_without_indicator,
        cast(coalesce(project_counts.indicators, 0) as bigint) as indicators,
        cast(coalesce(project_counts.indicators_without_target, 0) as bigint) as indicators_without_target,
        cast(coalesce(project_counts.indicators_with_figure, 0) as bigint) as indicators_with_figure
    from filing_counts
    left join project_counts
        on
            filing_counts.fiscal_year is not distinct from project_counts.fiscal_year
            and filing_counts.doc_kind = project_counts.doc_kind
            and filing_counts.township = project_counts.township
),

rated as (
    select
        *,
        round(100.0 * indicators_with_figure / nullif(indicators, 0), 4) as quantified_pct,
        4 * projects - projects_without_amount - projects_without_code - projects_without_objective
        - projects_without_indicator as filled_places,
        indicators - indicators_without_target as filled_targets
    from joined
),

completed as (
    select
        * exclude (filled_places, filled_targets),
        round(
            20.0 * filled_places / nullif(projects, 0) + coalesce(20.0 * filled_targets / nullif(indicators, 0), 0), 4
        ) as completeness_pct
    from rated
)

select * from completed
