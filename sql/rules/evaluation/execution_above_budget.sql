-- No more is spent than the year's budget.
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
        coalesce(projects.adjusted_yuan, projects.budget_yuan) as base_yuan
    from projects
    inner join filings
        on projects.filing_id = filings.filing_id
    where filings.doc_kind = 'self_evaluation'
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '执行数 ' || coalesce(executed_raw, '') || '高于全年预算数 ' || coalesce(adjusted_raw, budget_raw, '')
        || '（执行率' || format('{:.1f}', cast(100 * executed_yuan / base_yuan as double)) || '%）' as figures,
        cast(executed_yuan - base_yuan as decimal(24, 6)) as difference,
        executed_raw as evidence
    from rates
    where
        base_yuan > 0
        -- Amounts in 万元 are rounded to the hundred yuan.
        and executed_yuan > base_yuan + greatest(100, 0.005 * base_yuan)
)

select * from offending
