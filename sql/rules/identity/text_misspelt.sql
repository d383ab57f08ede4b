-- No text holds a known slip of the pen that changes its meaning.
with

narrative_goals as (
    select * from staging.stg_narrative_goals
),

projects as (
    select * from staging.stg_projects
),

objectives as (
    select * from staging.stg_objectives
),

texts as (
    select
        filing_id,
        cast(null as integer) as project_no,
        title || '：' || concat_ws(' ', goal_text, indicator_text) as full_text
    from narrative_goals
    union all
    select
        filing_id,
        project_no,
        purpose as full_text
    from projects
    union all
    select
        filing_id,
        project_no,
        objective_text as full_text
    from objectives
),

slips (wrong, meant) as (
    values
    ('对付资金', '兑付资金'),
    ('应对付额', '应兑付额'),
    ('居务公开', '村务公开'),
    ('按排资金', '安排资金'),
    ('资金拨负', '资金拨付'),
    ('基础实施建设', '基础设施建设'),
    ('既时', '及时'),
    ('不予余力', '不遗余力'),
    ('渡汛', '度汛')
),

offending as (
    select
        texts.filing_id,
        texts.project_no,
        cast(null as integer) as indicator_no,
        '“' || slips.wrong || '”疑为“' || slips.meant || '”' as figures,
        cast(null as decimal(24, 6)) as difference,
        regexp_extract(texts.full_text, '.{0,12}' || slips.wrong || '.{0,12}') as evidence
    from texts
    inner join slips
        on contains(texts.full_text, slips.wrong)
    -- A neighbourhood's committee makes its own affairs public.
    where slips.wrong <> '居务公开' or not regexp_matches(texts.full_text, '社区|居委|居民委员会|村[（(]?居')
)

select * from offending
