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

indicators as (
    select * from intermediate.int_indicators__compared
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
        format('{:.2f}', cast(total_yuan as double) / 10000) || '万元' as raw,
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

keyed_targets as (
    select
        row_key,
        unit_family,
        polarity,
        target_raw,
        strftime(due_date, '%m-%d') as due_day,
        cast(case when target_kind <> 'grade' then value end as double) as value,
        hash(fiscal_year, township_key, project_category, name_key, target_kind = 'money') as group_key
    from targets
),

indicator_groups as (
    select
        group_key,
        min(row_key) as first_row_key,
        min(unit_family) as unit_family,
        max(unit_family) as other_family,
        min(polarity) as polarity,
        max(polarity) as other_polarity,
        min(due_day) as due_day,
        max(due_day) as other_due_day,
        min(target_raw) as raw,
        max(target_raw) as other_raw,
        min(value) as value,
        max(value) as other_value
    from keyed_targets
    group by group_key
),

-- Lists and medians are for the few groups of different targets only.
mixed_groups as (
    select
        keyed_targets.group_key,
        array_to_string(list_sort(list_distinct(list(keyed_targets.target_raw))), '；') as raw,
        median(keyed_targets.value) as value
    from keyed_targets
    semi join indicator_groups
        on
            keyed_targets.group_key = indicator_groups.group_key
            and (
                indicator_groups.raw is null
                or indicator_groups.raw <> indicator_groups.other_raw
                or indicator_groups.value <> indicator_groups.other_value
            )
    group by keyed_targets.group_key
),

indicator_items as (
    select
        'indicator' as item,
        indicators.fiscal_year,
        indicators.county,
        indicators.township,
        indicators.township_key,
        indicators.project_category,
        indicators.level2_group,
        indicators.indicator,
        indicators.target_kind = 'money' as is_money,
        case when indicator_groups.unit_family = indicator_groups.other_family then indicator_groups.unit_family end
            as unit_family,
        case when indicator_groups.polarity = indicator_groups.other_polarity then indicator_groups.polarity end
            as polarity,
        case when indicator_groups.due_day = indicator_groups.other_due_day then indicator_groups.due_day end
            as due_day,
        case when mixed_groups.group_key is null then indicator_groups.raw else mixed_groups.raw end as raw,
        case
            when indicator_groups.unit_family = indicator_groups.other_family
                then cast(
                    case when mixed_groups.group_key is null then indicator_groups.value else mixed_groups.value end
                    as decimal(24, 6)
                )
        end as value,
        case when indicator_groups.value is not null then indicators.value_unit end as unit,
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        indicators.file_name,
        indicators.page,
        indicators.table_no,
        indicators.row_no
    from indicators
    inner join indicator_groups
        on indicators.row_key = indicator_groups.first_row_key
    left join mixed_groups
        on indicator_groups.group_key = mixed_groups.group_key
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
