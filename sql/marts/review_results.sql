-- One row per project of a current filing: a proposed result of the review in each of its four dimensions, and why.
-- 优 nothing to remark; 良 one thing to check; 中 several, or one to correct; 差 several to correct. A proposal: the
-- bureau decides. Of a project that was read in part there is none until a person has looked.
with

filings as (
    select * from intermediate.int_filings__compared
),

projects as (
    select * from core.projects
),

findings as (
    select * from intermediate.int_findings__stated
),

shared as (
    select * from intermediate.int_findings__shared
),

partly_read as (
    select * from intermediate.int_projects__partly_read
),

open_projects as (
    select distinct
        filing_id,
        project_no
    from partly_read
    where project_no is not null
),

graded as (
    select
        filing_id,
        project_no,
        dimension,
        case
            when count(*) filter (where severity = 'error') > 1 then 4
            when count(*) filter (where severity = 'error') = 1 or count(*) > 1 then 3
            else 2
        end as grade,
        array_to_string(list_sort(list_distinct(list(rule_title))), '、') as reasons
    from findings
    where
        severity in ('error', 'warning')
        and told_to = 'township'
        and not exists (
            select 1
            from shared
            where
                findings.fiscal_year is not distinct from shared.fiscal_year
                and findings.county_key = shared.county_key
                and findings.doc_kind = shared.doc_kind
                and findings.rule = shared.rule
                and findings.severity <> 'error'
        )
        and state not in ('settled', 'waived')
        and dimension in ('完整性', '相关性', '适当性', '可行性')
        and project_no is not null
    group by filing_id, project_no, dimension
),

turned as (
    select
        filing_id,
        project_no,
        max(grade) as worst,
        max(grade) filter (where dimension = '完整性') as completeness,
        max(grade) filter (where dimension = '相关性') as relevance,
        max(grade) filter (where dimension = '适当性') as appropriateness,
        max(grade) filter (where dimension = '可行性') as feasibility,
        array_to_string(list(dimension || '：' || reasons order by dimension), '；') as reasons
    from graded
    group by filing_id, project_no
),

proposed as (
    select
        filings.fiscal_year,
        filings.county,
        filings.township,
        filings.unit_code,
        filings.unit_name,
        filings.doc_kind,
        projects.project_code,
        projects.project_name,
        projects.budget_yuan,
        partly_read.filing_id is not null as is_open,
        coalesce(turned.completeness, 1) as completeness,
        coalesce(turned.relevance, 1) as relevance,
        coalesce(turned.appropriateness, 1) as appropriateness,
        coalesce(turned.feasibility, 1) as feasibility,
        coalesce(turned.worst, 1) as worst,
        turned.reasons,
        projects.filing_id,
        projects.project_no,
        filings.file_name,
        projects.page,
        projects.table_no,
        projects.row_no
    from filings
    inner join projects
        on filings.filing_id = projects.filing_id
    left join turned
        on
            projects.filing_id = turned.filing_id
            and projects.project_no = turned.project_no
    left join open_projects as partly_read
        on
            projects.filing_id = partly_read.filing_id
            and projects.project_no = partly_read.project_no
    where filings.doc_kind = 'targets'
),

named as (
    select
        fiscal_year,
        county,
        township,
        unit_code,
        unit_name,
        doc_kind,
        project_code,
        project_name,
        budget_yuan,
        case when is_open then '待核对' else ['优', '良', '中', '差'][completeness] end as completeness,
        case when is_open then '待核对' else ['优', '良', '中', '差'][relevance] end as relevance,
        case when is_open then '待核对' else ['优', '良', '中', '差'][appropriateness] end as appropriateness,
        case when is_open then '待核对' else ['优', '良', '中', '差'][feasibility] end as feasibility,
        case when is_open then '待核对' else ['优', '良', '中', '差'][worst] end as proposed_result,
        coalesce(reasons, case when is_open then '有未读懂或存疑的单元格' end, '未发现需要改正或核对的问题') as reasons,
        filing_id,
        project_no,
        file_name,
        page,
        table_no,
        row_no
    from proposed
)

select * from named
order by fiscal_year, county, township, filing_id, project_no
