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
        township_key,
        project_category,
        project_names as raw,
        cast(total_yuan as decimal(24, 6)) as value,
        '元' as unit,
        filing_id,
        project_no,
        file_name,
        page,
        table_no,
        row_no
    from budgets
),

indicator_groups as (
    select
        hash(fiscal_year, township_key, project_category, name_key, target_kind = 'money') as group_key,
        min(row_key) as first_row_key,
        min(unit_family) as unit_family,
        max(unit_family) as other_family,
        min(direction) as direction,
        max(direction) as other_direction,
        list(target_raw) as raws,
        median(cast(value as double)) as value
    from targets
    group by group_key
),

indicator_items as (
    select
        'indicator' as item,
        targets.fiscal_year,
        targets.county,
        targets.township,
        targets.township_key,
        targets.project_category,
        targets.level2_group,
        targets.indicator,
        targets.target_kind = 'money' as is_money,
        case when indicator_groups.unit_family = indicator_groups.other_family then indicator_groups.unit_family end
            as unit_family,
        case when indicator_groups.direction = indicator_groups.other_direction then indicator_groups.direction end
            as direction,
        array_to_string(list_sort(list_distinct(indicator_groups.raws)), '；') as raw,
        case
            when indicator_groups.unit_family = indicator_groups.other_family
                then cast(indicator_groups.value as decimal(24, 6))
        end as value,
        case when indicator_groups.value is not null then targets.value_unit end as unit,
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
        projects.township_key,
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
            partition by projects.fiscal_year, projects.township_key, projects.project_category
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
        hash(fiscal_year, township_key, project_category) as group_key,
        array_to_string(list_sort(list_distinct(list(plan_pattern))), '；') as raw,
        cast(
            100 * cast(sum(cumulative_yuan) as double) / nullif(sum(budget_yuan), 0) as decimal(24, 6)
        ) as value
    from half_years
    group by group_key
),

schedule_items as (
    select
        'schedule' as item,
        half_years.fiscal_year,
        half_years.county,
        half_years.township,
        half_years.township_key,
        half_years.project_category,
        schedule_groups.raw,
        schedule_groups.value,
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
            schedule_groups.group_key
            = hash(half_years.fiscal_year, half_years.township_key, half_years.project_category)
            and half_years.place = 1
),

every as (
    select * from indicator_items
    union all by name
    select * from budget_items
    union all by name
    select * from schedule_items
),

keyed as (
    select
        *,
        hash(item, fiscal_year, township_key, project_category, level2_group, indicator, is_money) as this_key,
        hash(item, fiscal_year + 1, township_key, project_category, level2_group, indicator, is_money) as next_key,
        hash(fiscal_year, township_key) as filer_key,
        hash(fiscal_year - 1, township_key) as last_filer_key,
        hash(fiscal_year + 1, township_key) as next_filer_key
    from every
    where fiscal_year is not null
)

select * from keyed
