-- One row per year, township and thing that is compared with last year: a category's budget, an indicator, a schedule.
with

budgets as (
    select * from intermediate.int_budgets__by_category
),

targets as (
    select *
    from intermediate.int_targets__directed
    where is_plan
),

plans as (
    select * from intermediate.int_plans__by_month
),

patterns as (
    select * from intermediate.int_plans__patterned
),

projects as (
    select * from intermediate.int_projects__compared
),

budget_items as (
    select
        'budget' as item,
        fiscal_year,
        county,
        township,
        project_category,
        null as level2_group,
        null as indicator,
        null as is_money,
        null as unit_family,
        null as direction,
        project_names as raw,
        cast(total_yuan as decimal(24, 6)) as value,
        '元' as unit,
        filing_id,
        project_no,
        null as indicator_no,
        file_name,
        page,
        table_no,
        row_no
    from budgets
),

indicator_groups as (
    select
        fiscal_year,
        county,
        township,
        project_category,
        level2_group,
        indicator,
        target_kind = 'money' as is_money,
        case when count(distinct unit_family) = 1 then min(unit_family) end as unit_family,
        case when count(distinct direction) = 1 then min(direction) end as direction,
        string_agg(distinct target_raw, '；' order by target_raw) as raw,
        case
            when count(distinct unit_family) = 1 then cast(median(cast(value as double)) as decimal(24, 6))
        end as value,
        min(value_unit) as unit,
        min(row_key) as first_row_key
    from targets
    group by fiscal_year, county, township, project_category, level2_group, indicator, target_kind = 'money'
),

indicator_items as (
    select
        'indicator' as item,
        indicator_groups.*,
        targets.filing_id,
        targets.project_no,
        targets.indicator_no,
        targets.file_name,
        targets.page,
        targets.table_no,
        targets.row_no
    from indicator_groups
    inner join targets
        on indicator_groups.first_row_key = targets.row_key
),

half_years as (
    select
        projects.fiscal_year,
        projects.county,
        projects.township,
        projects.project_category,
        patterns.plan_pattern,
        plans.budget_yuan,
        plans.cumulative_yuan,
        projects.filing_id,
        projects.project_no,
        projects.file_name,
        projects.page,
        projects.table_no,
        projects.row_no,
        row_number() over (
            partition by projects.fiscal_year, projects.county, projects.township, projects.project_category
            order by projects.budget_yuan desc, projects.filing_id asc, projects.project_no asc
        ) as place
    from projects
    inner join plans
        on
            projects.filing_id = plans.filing_id
            and projects.project_no = plans.project_no
            and plans.month = 6
    inner join patterns
        on
            projects.filing_id = patterns.filing_id
            and projects.project_no = patterns.project_no
    where projects.is_plan
),

schedule_groups as (
    select
        fiscal_year,
        county,
        township,
        project_category,
        string_agg(distinct plan_pattern, '；' order by plan_pattern) as raw,
        cast(
            100 * cast(sum(cumulative_yuan) as double) / nullif(sum(budget_yuan), 0) as decimal(24, 6)
        ) as value
    from half_years
    group by fiscal_year, county, township, project_category
),

schedule_items as (
    select
        'schedule' as item,
        schedule_groups.*,
        '%' as unit,
        half_years.filing_id,
        half_years.project_no,
        half_years.file_name,
        half_years.page,
        half_years.table_no,
        half_years.row_no
    from schedule_groups
    inner join half_years
        on
            schedule_groups.fiscal_year is not distinct from half_years.fiscal_year
            and schedule_groups.county is not distinct from half_years.county
            and schedule_groups.township = half_years.township
            and schedule_groups.project_category = half_years.project_category
            and half_years.place = 1
),

every as (
    select * from budget_items
    union all by name
    select * from indicator_items
    union all by name
    select * from schedule_items
)

select * from every
where fiscal_year is not null
