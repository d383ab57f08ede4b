-- A project's period begins before it ends, and has to do with the year that the filing plans.
with

filings as (
    select * from staging.stg_filings
),

projects as (
    select * from staging.stg_projects
),

periods as (
    select * from intermediate.int_projects__periods
),

offending as (
    select
        periods.filing_id,
        periods.project_no,
        cast(null as integer) as indicator_no,
        '实施期限“' || periods.said || '”' || case
            when periods.begins_on > periods.ends_on then '，结束早于开始'
            when year(periods.ends_on) < filings.fiscal_year then '在' || filings.fiscal_year || '年度之前已结束'
            else '在' || filings.fiscal_year || '年度之后才开始'
        end as figures,
        cast(null as decimal(24, 6)) as difference,
        periods.said as evidence
    from periods
    inner join filings
        on periods.filing_id = filings.filing_id
    inner join projects
        on
            periods.filing_id = projects.filing_id
            and periods.project_no = projects.project_no
    where
        periods.begins_on > periods.ends_on
        -- What is still paid for work of earlier years says so.
        or (
            year(periods.ends_on) < filings.fiscal_year
            and not coalesce(projects.is_carryover, false)
            and coalesce(projects.project_year, filings.fiscal_year) >= filings.fiscal_year
            and not regexp_matches(
                concat_ws(' ', projects.project_name, projects.purpose), '结转|尾款|余款|清偿|质保|以前年度|上年|往年|欠'
            )
        )
        or year(periods.begins_on) > filings.fiscal_year
)

select * from offending
