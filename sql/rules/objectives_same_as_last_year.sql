-- The goals of a project are not those of last year, word for word.
with

filings as (
    select *
    from core.filings
    where is_current and doc_kind = 'targets'
),

projects as (
    select * from core.projects
),

objectives as (
    select * from core.objectives
),

worded as (
    select
        filings.filing_id,
        filings.fiscal_year,
        filings.county,
        filings.township,
        objectives.project_no,
        projects.project_category,
        string_agg(
            regexp_replace(objectives.objective_text, '[\s。，,.；;、]', '', 'g'), '|' order by objectives.objective_no
        ) as wording,
        string_agg(objectives.objective_text, ' ' order by objectives.objective_no) as full_text
    from filings
    inner join projects
        on filings.filing_id = projects.filing_id
    inner join objectives
        on
            projects.filing_id = objectives.filing_id
            and projects.project_no = objectives.project_no
    group by all
),

offending as (
    select
        this_year.filing_id,
        this_year.project_no,
        cast(null as integer) as indicator_no,
        '与' || last_year.fiscal_year || '年第' || min(last_year.project_no) || '个项目相同' as figures,
        cast(null as decimal(24, 6)) as difference,
        this_year.full_text as evidence
    from worded as this_year
    inner join worded as last_year
        on
            this_year.township = last_year.township
            and coalesce(this_year.county, '') = coalesce(last_year.county, '')
            and this_year.fiscal_year = last_year.fiscal_year + 1
            and this_year.project_category = last_year.project_category
            and this_year.wording = last_year.wording
    where length(this_year.wording) >= 6
    group by this_year.filing_id, this_year.project_no, this_year.full_text, last_year.fiscal_year
)

select * from offending
