-- The points for spending the budget follow the execution rate: half the budget spent is not full marks.
with

filings as (
    select * from staging.stg_filings
),

projects as (
    select * from staging.stg_projects
),

-- The sums tell the rate before what is written of it; a rate that is wrong is execution_rate_wrong's.
rates as (
    select
        projects.filing_id,
        projects.project_no,
        projects.execution_weight,
        projects.execution_score,
        projects.execution_score_raw,
        100 * projects.executed_yuan / nullif(coalesce(projects.adjusted_yuan, projects.budget_yuan), 0) as rate_pct
    from projects
    inner join filings
        on projects.filing_id = filings.filing_id
    where
        filings.doc_kind = 'self_evaluation'
        and projects.execution_weight > 0
        and projects.execution_score is not null
),

-- Counties give the points by steps of ten in the hundred: one step is their affair.
offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '执行率' || format('{:.1f}', cast(rate_pct as double)) || '%，执行得分 ' || execution_score_raw || '，分值 '
        || regexp_replace(cast(execution_weight as varchar), '\.?0+$', '') || '分，按执行率计算为'
        || regexp_replace(format('{:.2f}', cast(execution_weight * rate_pct / 100 as double)), '\.?0+$', '')
        || '分' as figures,
        cast(execution_score - execution_weight * rate_pct / 100 as decimal(24, 6)) as difference,
        '执行得分 ' || execution_score_raw as evidence
    from rates
    where
        rate_pct between 0 and 100
        and abs(execution_score - execution_weight * rate_pct / 100) > execution_weight / 10
)

select * from offending
