-- What the money is for, and what was achieved, is not word for word that of another kind of project in the filing.
with

projects as (
    select * from staging.stg_projects
),

statements as (
    select * from staging.stg_statements
),

texts as (
    select
        filing_id,
        project_no,
        '资金用途' as field,
        purpose as full_text
    from projects
    where purpose is not null
    union all
    select
        filing_id,
        project_no,
        '完成情况' as field,
        said_raw as full_text
    from statements
    where fact = 'achieved'
),

worded as (
    select
        texts.*,
        projects.project_name,
        coalesce(projects.project_category, '') as category,
        regexp_replace(texts.full_text, '[\s。，,.；;、]', '', 'g') as wording
    from texts
    inner join projects
        on
            texts.filing_id = projects.filing_id
            and texts.project_no = projects.project_no
),

offending as (
    select
        later.filing_id,
        later.project_no,
        cast(null as integer) as indicator_no,
        later.field || '与项目“' || min(other.project_name) || '”完全相同' as figures,
        cast(null as decimal(24, 6)) as difference,
        left(later.full_text, 40) as evidence
    from worded as later
    inner join worded as other
        on
            later.filing_id = other.filing_id
            and later.field = other.field
            and later.wording = other.wording
            and later.category <> other.category
            and later.project_no > other.project_no
    where length(later.wording) >= 10
    group by later.filing_id, later.project_no, later.field, later.full_text
)

select * from offending
