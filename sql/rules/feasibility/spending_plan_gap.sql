-- A spending plan has a share at each month that all other projects of the filing have one at.
with

plans as (
    select * from staging.stg_spending_plan
),

projects as (
    select
        filing_id,
        project_no,
        list_sort(list_distinct(list(month) filter (where cumulative_pct is not null))) as months
    from plans
    group by filing_id, project_no
),

-- The others agree on their months; one that has only some of these has left a cell empty.
others as (
    select
        projects.filing_id,
        projects.project_no,
        projects.months,
        any_value(other.months) as usual_months,
        count(*) as compared,
        count(distinct other.months) as different
    from projects
    inner join projects as other
        on
            projects.filing_id = other.filing_id
            and projects.project_no <> other.project_no
    group by projects.filing_id, projects.project_no, projects.months
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        array_to_string(list_filter(usual_months, lambda month: not list_contains(months, month)), '、')
        || '月底的累计支出没有填写' as figures,
        cast(null as decimal(24, 6)) as difference,
        '其他项目的时点：' || array_to_string(usual_months, '、') || '月' as evidence
    from others
    where
        different = 1
        and compared >= 2
        and len(months) > 0
        and len(months) < len(usual_months)
        and list_has_all(usual_months, months)
)

select * from offending
