-- A project that is not a purchase is measured by what it does, not only by what is bought for it.
with

projects as (
    select * from staging.stg_projects
),

outputs as (
    select
        filing_id,
        project_no,
        count(*) as rows_all,
        count(*) filter (
            where regexp_matches(indicator_raw || coalesce(description, ''), '采购|购买|购置|办公用品|产品合格|产品质量')
        ) as rows_bought,
        string_agg(indicator_raw, '、' order by indicator_no) as names
    from staging.stg_indicators
    where level2_group in ('数量', '质量')
    group by filing_id, project_no
),

offending as (
    select
        projects.filing_id,
        projects.project_no,
        cast(null as integer) as indicator_no,
        outputs.names as figures,
        cast(null as decimal(24, 6)) as difference,
        projects.project_name as evidence
    from projects
    inner join outputs
        on
            projects.filing_id = outputs.filing_id
            and projects.project_no = outputs.project_no
    where
        outputs.rows_all > 1
        and outputs.rows_all = outputs.rows_bought
        and not regexp_matches(projects.project_name, '采购|购置|购买|装备|设备|物资|用品|车辆|维修|食材')
)

select * from offending
