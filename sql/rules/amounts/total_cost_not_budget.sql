-- An indicator of the whole project's cost is the budget.
with

projects as (
    select * from staging.stg_projects
),

indicators as (
    select * from staging.stg_indicators
),

totals as (
    select
        filing_id,
        project_no,
        indicator_no,
        indicator_raw,
        target_raw,
        coalesce(value_high, value_low) as total
    from indicators
    where
        target_kind = 'money'
        and unit = '元'
        and regexp_matches(
            indicator_raw, '项目总成本|项目总支出|项目总投资|资金总额|预算控制数|预算控制额|预算总额|预算金额|^总成本|^预算数'
        )
),

offending as (
    select
        totals.filing_id,
        totals.project_no,
        totals.indicator_no,
        totals.target_raw || '，预算数 '
        || format('{:.2f}', cast(projects.budget_yuan / 10000 as double)) || '万元' as figures,
        cast(totals.total - projects.budget_yuan as decimal(24, 6)) as difference,
        totals.indicator_raw || ' ' || totals.target_raw || '；预算数 ' || coalesce(projects.budget_raw, '') as evidence
    from totals
    inner join projects
        on
            totals.filing_id = projects.filing_id
            and totals.project_no = projects.project_no
    where
        projects.budget_yuan > 0
        and abs(totals.total - projects.budget_yuan) > greatest(50, 0.005 * projects.budget_yuan)
        and abs(totals.total - coalesce(projects.adjusted_yuan, projects.budget_yuan))
        > greatest(50, 0.005 * projects.budget_yuan)
)

select * from offending
