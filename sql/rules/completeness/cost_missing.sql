-- A project of construction or purchase has a cost indicator.
with

projects as (
    select * from staging.stg_projects
),

indicators as (
    select * from staging.stg_indicators
),

groups as (
    select
        filing_id,
        project_no,
        bool_or(coalesce(level2_group, '') = '成本' or coalesce(level1, '') like '%成本%') as has_cost
    from indicators
    group by filing_id, project_no
),

offending as (
    select
        projects.filing_id,
        projects.project_no,
        cast(null as integer) as indicator_no,
        '成本指标0条' as figures,
        cast(null as decimal(24, 6)) as difference,
        projects.project_name as evidence
    from projects
    inner join groups
        on
            projects.filing_id = groups.filing_id
            and projects.project_no = groups.project_no
    where
        not groups.has_cost
        and regexp_matches(projects.project_name, '工程|建设|采购|购置|维修|修缮|改造|硬化|新建|安装')
)

select * from offending
