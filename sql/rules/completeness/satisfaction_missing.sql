-- Each project has a satisfaction indicator.
with

indicators as (
    select * from staging.stg_indicators
),

groups as (
    select
        filing_id,
        project_no,
        count(*) as rows_of_project,
        bool_or(coalesce(level2_group, '') = '满意度' or coalesce(level1, '') like '%满意%') as has_satisfaction
    from indicators
    group by filing_id, project_no
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '共' || rows_of_project || '条指标，满意度指标0条' as figures,
        cast(null as decimal(24, 6)) as difference,
        cast(null as varchar) as evidence
    from groups
    where not has_satisfaction
)

select * from offending
