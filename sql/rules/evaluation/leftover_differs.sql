-- What is said to be left over is the budget less what was spent.
with

filings as (
    select * from staging.stg_filings
),

projects as (
    select * from staging.stg_projects
),

statements as (
    select * from staging.stg_statements
),

told as (
    select
        filing_id,
        project_no,
        said_raw,
        regexp_extract_all(said_raw, '结余\D{0,6}?(\d+(?:\.\d+)?)\s*万元', 1) as leftover
    from statements
    where fact in ('remark', 'achieved')
),

offending as (
    select
        told.filing_id,
        told.project_no,
        cast(null as integer) as indicator_no,
        '说明写结余 ' || told.leftover[1] || '万元，全年预算数 ' || coalesce(projects.adjusted_raw, projects.budget_raw)
        || ' － 执行数 ' || projects.executed_raw || ' ＝ '
        || format(
            '{:.2f}',
            cast((coalesce(projects.adjusted_yuan, projects.budget_yuan) - projects.executed_yuan) / 10000 as double)
        ) || '万元' as figures,
        cast(
            10000 * cast(told.leftover[1] as decimal(18, 4))
            - (coalesce(projects.adjusted_yuan, projects.budget_yuan) - projects.executed_yuan) as decimal(24, 6)
        ) as difference,
        told.said_raw as evidence
    from told
    inner join projects
        on
            told.filing_id = projects.filing_id
            and told.project_no = projects.project_no
    inner join filings
        on told.filing_id = filings.filing_id
    where
        filings.doc_kind = 'self_evaluation'
        and length(told.leftover) = 1
        -- Of one source, or of the year before, something else may be left over.
        and not regexp_matches(told.said_raw, '上年|以前年度|县级|省级|市级|中央|累计')
        and abs(
            10000 * cast(told.leftover[1] as decimal(18, 4))
            - (coalesce(projects.adjusted_yuan, projects.budget_yuan) - projects.executed_yuan)
        ) > 150
)

select * from offending
