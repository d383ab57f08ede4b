-- The grade follows the points: 优 from 90, 良 from 80, 中 from 60, 差 below (财预〔2020〕10号).
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

graded as (
    select
        statements.filing_id,
        statements.project_no,
        statements.said_raw as grade_raw,
        projects.total_score,
        projects.total_score_raw,
        case
            when projects.total_score >= 90 then '优'
            when projects.total_score >= 80 then '良'
            when projects.total_score >= 60 then '中'
            else '差'
        end as due_grade,
        case
            when regexp_full_match(statements.said_raw, '优秀?') then '优'
            when regexp_full_match(statements.said_raw, '良好?') then '良'
            when regexp_full_match(statements.said_raw, '中等?') then '中'
            when regexp_full_match(statements.said_raw, '较?差') then '差'
        end as grade
    from statements
    inner join projects
        on
            statements.filing_id = projects.filing_id
            and statements.project_no = projects.project_no
    inner join filings
        on statements.filing_id = filings.filing_id
    where
        statements.fact = 'grade'
        and filings.doc_kind = 'self_evaluation'
        and projects.total_score between 0 and 100
        and coalesce(projects.total_weight, 100) = 100
),

-- Two grades of one project are nobody's.
single as (
    select *
    from graded
    qualify count(*) over (partition by filing_id, project_no) = 1
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '总分 ' || total_score_raw || '，评价等级写“' || grade_raw || '”，按90、80、60分划分应为“' || due_grade || '”' as figures,
        cast(null as decimal(24, 6)) as difference,
        grade_raw as evidence
    from single
    where grade <> due_grade
)

select * from offending
