-- The goals of works are not those of last year, word for word; a standing duty has the same goals every year.
with

filings as (
    select *
    from staging.stg_filings
    where is_current and doc_kind = 'targets'
),

projects as (
    select * from staging.stg_projects
),

objectives as (
    select * from staging.stg_objectives
),

wordings as (
    select
        filing_id,
        project_no,
        string_agg(regexp_replace(objective_text, '[\s。，,.；;、]', '', 'g'), '|' order by objective_no) as wording
    from objectives
    group by filing_id, project_no
),

worded as (
    select
        filings.filing_id,
        filings.fiscal_year,
        filings.county,
        filings.township,
        projects.project_no,
        projects.project_category,
        wordings.wording
    from filings
    inner join projects
        on filings.filing_id = projects.filing_id
    inner join wordings
        on
            projects.filing_id = wordings.filing_id
            and projects.project_no = wordings.project_no
    where
        length(wordings.wording) >= 6
        and regexp_matches(
            projects.project_name || wordings.wording,
            '新建|改建|扩建|修建|兴建|续建|改造|硬化|铺设|架设|安装|整治|加固|打井|建设(?:项目|工程)|工程建设|工程|建成'
        )
),

repeated as (
    select
        this_year.filing_id,
        this_year.project_no,
        last_year.fiscal_year as last_fiscal_year,
        min(last_year.project_no) as last_project_no
    from worded as this_year
    inner join worded as last_year
        on
            this_year.township = last_year.township
            and coalesce(this_year.county, '') = coalesce(last_year.county, '')
            and this_year.fiscal_year = last_year.fiscal_year + 1
            and this_year.project_category = last_year.project_category
            and this_year.wording = last_year.wording
    group by this_year.filing_id, this_year.project_no, last_year.fiscal_year
),

offending as (
    select
        repeated.filing_id,
        repeated.project_no,
        cast(null as integer) as indicator_no,
        '与' || any_value(repeated.last_fiscal_year) || '年第' || any_value(repeated.last_project_no)
        || '个项目相同' as figures,
        cast(null as decimal(24, 6)) as difference,
        string_agg(objectives.objective_text, ' ' order by objectives.objective_no) as evidence
    from repeated
    inner join objectives
        on
            repeated.filing_id = objectives.filing_id
            and repeated.project_no = objectives.project_no
    group by repeated.filing_id, repeated.project_no
)

select * from offending
