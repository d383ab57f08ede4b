-- The execution rate is what was spent divided by the year's budget.
with

filings as (
    select * from staging.stg_filings
),

projects as (
    select * from staging.stg_projects
),

rates as (
    select
        projects.*,
        coalesce(projects.adjusted_yuan, projects.budget_yuan) as base_yuan,
        try_cast(regexp_extract(projects.execution_rate_raw, '\d+(?:\.\d+)?') as double) as stated
    from projects
    inner join filings
        on projects.filing_id = filings.filing_id
    where
        filings.doc_kind = 'self_evaluation'
        and projects.executed_yuan is not null
        and projects.execution_rate_raw is not null
),

compared as (
    select
        *,
        case
            when regexp_matches(execution_rate_raw, '[%％]') or stated > 1.5 then stated else 100 * stated
        end as stated_pct,
        100 * cast(executed_yuan as double) / nullif(cast(base_yuan as double), 0) as computed_pct
    from rates
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '执行数 ' || coalesce(executed_raw, '') || ' ÷ 全年预算数 ' || coalesce(adjusted_raw, budget_raw, '') || ' ＝ '
        || format('{:.2f}', computed_pct) || '%，表中为 ' || execution_rate_raw as figures,
        cast(stated_pct - computed_pct as decimal(24, 6)) as difference,
        execution_rate_raw as evidence
    from compared
    where abs(stated_pct - computed_pct) > 1
)

select * from offending
