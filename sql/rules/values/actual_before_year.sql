-- What an evaluation says was done, was done in its year and not before.
with

filings as (
    select * from staging.stg_filings
),

projects as (
    select * from staging.stg_projects
),

indicators as (
    select * from staging.stg_indicators
),

offending as (
    select
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        '实际完成 ' || indicators.actual_raw || '，早于预算年度' || filings.fiscal_year || '年' as figures,
        cast(year(indicators.actual_due_date) - filings.fiscal_year as decimal(24, 6)) as difference,
        indicators.indicator_raw as evidence
    from indicators
    inner join filings
        on indicators.filing_id = filings.filing_id
    inner join projects
        on
            indicators.filing_id = projects.filing_id
            and indicators.project_no = projects.project_no
    where
        filings.doc_kind = 'self_evaluation'
        and year(indicators.actual_due_date) < filings.fiscal_year
        and year(indicators.due_date) = filings.fiscal_year
        and not coalesce(projects.is_carryover, false)
        and coalesce(projects.project_year, filings.fiscal_year) = filings.fiscal_year
        and not regexp_matches(projects.project_name, '结转|结余|上年|续建|跨年|尾款|质保金')
)

select * from offending
