-- One row per project of a current self-evaluation: what was budgeted and spent, the points for it, last year's rate.
-- A sum that is held takes no part in the township's rate.
with

filings as (
    select * from intermediate.int_filings__compared
),

projects as (
    select * from core.projects
),

spent as (
    select
        filings.fiscal_year,
        filings.county,
        filings.county_key,
        filings.township,
        filings.township_key,
        filings.unit_code,
        filings.unit_name,
        filings.doc_kind,
        projects.project_code,
        projects.project_name,
        projects.project_category,
        projects.budget_yuan,
        coalesce(projects.adjusted_yuan, projects.budget_yuan) as year_budget_yuan,
        projects.executed_yuan,
        projects.execution_rate_raw,
        projects.execution_weight,
        projects.execution_score,
        projects.total_score,
        projects.is_held,
        projects.held_reason,
        projects.filing_id,
        projects.project_no,
        filings.file_name,
        projects.page,
        projects.table_no,
        projects.row_no,
        round(
            100 * cast(projects.executed_yuan as double)
            / nullif(cast(coalesce(projects.adjusted_yuan, projects.budget_yuan) as double), 0), 4
        ) as execution_pct
    from filings
    inner join projects
        on filings.filing_id = projects.filing_id
    where
        filings.doc_kind = 'self_evaluation'
        and projects.executed_yuan is not null
),

townships as (
    select
        fiscal_year,
        township_key,
        cast(sum(year_budget_yuan) as decimal(18, 2)) as township_budget_yuan,
        cast(sum(executed_yuan) as decimal(18, 2)) as township_executed_yuan
    from spent
    where
        not is_held
        and year_budget_yuan is not null
    group by fiscal_year, township_key
),

categories as (
    select
        fiscal_year,
        township_key,
        project_category,
        round(100 * cast(sum(executed_yuan) as double) / nullif(cast(sum(year_budget_yuan) as double), 0), 4)
            as execution_pct
    from spent
    where
        not is_held
        and year_budget_yuan is not null
    group by fiscal_year, township_key, project_category
),

listed as (
    select
        spent.fiscal_year,
        spent.county,
        spent.township,
        spent.unit_code,
        spent.unit_name,
        spent.doc_kind,
        spent.project_code,
        spent.project_name,
        spent.project_category,
        spent.budget_yuan,
        spent.year_budget_yuan,
        spent.executed_yuan,
        cast(spent.year_budget_yuan - spent.executed_yuan as decimal(18, 2)) as unspent_yuan,
        spent.execution_pct,
        spent.execution_rate_raw,
        spent.execution_weight,
        spent.execution_score,
        spent.total_score,
        townships.township_budget_yuan,
        townships.township_executed_yuan,
        round(
            100 * cast(townships.township_executed_yuan as double)
            / nullif(cast(townships.township_budget_yuan as double), 0), 4
        ) as township_execution_pct,
        last_year.execution_pct as last_year_pct,
        round(spent.execution_pct - last_year.execution_pct, 4) as change_points,
        spent.is_held,
        spent.held_reason,
        spent.filing_id,
        spent.project_no,
        spent.file_name,
        spent.page,
        spent.table_no,
        spent.row_no
    from spent
    left join townships
        on
            spent.fiscal_year = townships.fiscal_year
            and spent.township_key = townships.township_key
    left join categories as last_year
        on
            spent.fiscal_year = last_year.fiscal_year + 1
            and spent.township_key = last_year.township_key
            and spent.project_category = last_year.project_category
)

select * from listed
order by fiscal_year, county, township, filing_id, project_no
