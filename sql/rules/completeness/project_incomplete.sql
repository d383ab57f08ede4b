-- Each project states its code (where the form has one), name, budget and objectives, and has an indicator.
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

indicators as (
    select * from staging.stg_indicators
),

stated as (
    select
        projects.filing_id,
        projects.project_no,
        projects.project_name,
        projects.budget_yuan,
        projects.budget_raw,
        projects.project_code,
        filings.doc_kind,
        bool_or(projects.project_code is not null) over (partition by projects.filing_id) as has_codes,
        projects.project_no in (
            select objectives.project_no from objectives
            where objectives.filing_id = projects.filing_id
        ) as has_objectives,
        projects.project_no in (
            select indicators.project_no from indicators
            where indicators.filing_id = projects.filing_id
        ) as has_indicators
    from projects
    inner join filings
        on projects.filing_id = filings.filing_id
),

missing as (
    select
        filing_id,
        project_no,
        project_name,
        concat_ws(
            '、',
            case when has_codes and project_code is null then '项目编码' end,
            case when coalesce(project_name, '') in ('', '（未写项目名称）') then '项目名称' end,
            case when budget_yuan is null and budget_raw is null then '预算数' end,
            case when doc_kind = 'targets' and not has_objectives then '绩效目标' end,
            case when not has_indicators then '绩效指标' end
        ) as fields
    from stated
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        fields as figures,
        cast(null as decimal(24, 6)) as difference,
        project_name as evidence
    from missing
    where fields <> ''
)

select * from offending
