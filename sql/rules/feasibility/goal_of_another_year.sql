-- The year's goal is not an earlier year's task; carried-over projects may have such.
with

filings as (
    select * from staging.stg_filings
),

projects as (
    select * from staging.stg_projects
),

objectives as (
    select * from staging.stg_objectives
),

named as (
    select
        objectives.filing_id,
        objectives.project_no,
        objectives.objective_text,
        filings.fiscal_year,
        try_cast(
            regexp_extract(
                objectives.objective_text, '(?:完成|开展|做好|落实|实施|确保)(20\d\d)年度?[^，。；]{0,12}(?:任务|工作|目标|计划|建设)', 1
            ) as integer
        ) as named_year
    from objectives
    inner join filings
        on objectives.filing_id = filings.filing_id
    inner join projects
        on
            objectives.filing_id = projects.filing_id
            and objectives.project_no = projects.project_no
    where
        not coalesce(projects.is_carryover, false)
        and coalesce(projects.project_year, filings.fiscal_year) >= filings.fiscal_year
        and not regexp_matches(
            coalesce(projects.project_name, '') || coalesce(projects.purpose, ''), '结转|清欠|欠款|尾款|未付|质保金'
        )
        and not contains(objectives.objective_text, cast(filings.fiscal_year as varchar))
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '绩效目标写的是' || named_year || '年度，预算年度为' || fiscal_year || '年' as figures,
        cast(named_year - fiscal_year as decimal(24, 6)) as difference,
        objective_text as evidence
    from named
    where named_year < fiscal_year
)

select * from offending
