-- Two projects of a filing have different names.
with

projects as (
    select * from staging.stg_projects
),

named as (
    select
        *,
        regexp_replace(project_name, '\s', '', 'g') as name
    from projects
    where trim(coalesce(project_name, '')) <> ''
),

counted as (
    select
        filing_id,
        max(project_no) as project_no,
        array_to_string(list_sort(list(project_no)), '、') as project_nos,
        count(*) as times,
        name
    from named
    group by filing_id, name
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '第' || project_nos || '个项目同名' as figures,
        cast(times as decimal(24, 6)) as difference,
        name as evidence
    from counted
    where
        times > 1
        and name <> '（未写项目名称）'
)

select * from offending
