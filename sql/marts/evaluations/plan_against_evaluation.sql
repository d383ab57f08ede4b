-- One row per project or indicator that a township's plan and its self-evaluation of the same year do not both have
-- alike: the target was changed, the plan's is not found in the evaluation, or the evaluation's not in the plan.
-- A row's place is the evaluation's, or where that has none the plan's. What is not found is held where a file was read
-- in part, and an indicator is missed only in a project that the other file has.
with

projects as (
    select * from intermediate.int_projects__compared
),

indicators as (
    select * from intermediate.int_targets__directed
),

partly_read as (
    select distinct filing_id
    from intermediate.int_projects__partly_read
    where not is_money
),

opened as (
    select
        projects.*,
        partly_read.filing_id is not null as is_partly_read
    from projects
    left join partly_read
        on projects.filing_id = partly_read.filing_id
    where projects.fiscal_year is not null
),

filers as (
    select
        fiscal_year,
        township_key,
        bool_or(is_partly_read) as is_partly_read
    from opened
    group by fiscal_year, township_key
    having
        bool_or(doc_kind = 'targets')
        and bool_or(doc_kind = 'self_evaluation')
),

project_items as (
    select
        'project' as item,
        projects.*,
        cast(null as integer) as indicator_no,
        cast(null as varchar) as level2_group,
        cast(null as varchar) as indicator,
        format('{:.2f}', cast(projects.budget_yuan as double) / 10000) || '万元' as raw,
        format('{:.2f}', cast(projects.budget_yuan as double)) as bare,
        cast(projects.budget_yuan as decimal(24, 6)) as value,
        '元' as unit,
        'money' as unit_family,
        cast(null as varchar) as polarity,
        hash(projects.fiscal_year, projects.township_key, projects.project_category, projects.is_prior) as category_key,
        hash(projects.fiscal_year, projects.township_key, projects.project_category, projects.is_prior) as item_key
    from projects
    semi join filers
        on
            projects.fiscal_year = filers.fiscal_year
            and projects.township_key = filers.township_key
),

indicator_items as (
    select
        'indicator' as item,
        indicators.fiscal_year,
        indicators.county,
        indicators.township,
        indicators.township_key,
        indicators.doc_kind,
        indicators.project_name,
        indicators.project_category,
        indicators.level2_group,
        indicators.indicator,
        indicators.target_raw as raw,
        regexp_replace(indicators.target_raw, '[\s。；;]', '', 'g') as bare,
        case when indicators.target_kind in ('percent', 'quantity', 'money') then indicators.value end as value,
        indicators.value_unit as unit,
        indicators.unit_family,
        indicators.polarity,
        indicators.is_held,
        indicators.held_reason,
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        indicators.file_name,
        indicators.page,
        indicators.table_no,
        indicators.row_no,
        hash(indicators.fiscal_year, indicators.township_key, indicators.project_category, indicators.is_prior)
            as category_key,
        hash(
            indicators.fiscal_year, indicators.township_key, indicators.project_category, indicators.is_prior,
            indicators.name_key
        ) as item_key
    from indicators
    semi join filers
        on
            indicators.fiscal_year = filers.fiscal_year
            and indicators.township_key = filers.township_key
),

every as (
    select * from indicator_items
    union all by name
    select * from project_items
),

counted as (
    select
        *,
        count(*) over (partition by item, doc_kind, item_key) as times
    from every
    where doc_kind in ('targets', 'self_evaluation')
),

of_evaluations as (
    select *
    from counted
    where doc_kind = 'self_evaluation'
),

of_plans as (
    select *
    from counted
    where doc_kind = 'targets'
),

in_both as (
    select distinct of_evaluations.category_key
    from of_evaluations
    inner join of_plans
        on of_evaluations.category_key = of_plans.category_key
    where
        of_evaluations.item = 'project'
        and of_plans.item = 'project'
),

matched as (
    select
        coalesce(evaluation.item, plan.item) as item,
        coalesce(evaluation.fiscal_year, plan.fiscal_year) as fiscal_year,
        coalesce(evaluation.county, plan.county) as county,
        coalesce(evaluation.township, plan.township) as township,
        coalesce(evaluation.township_key, plan.township_key) as township_key,
        coalesce(evaluation.project_name, plan.project_name) as project_name,
        coalesce(evaluation.project_category, plan.project_category) as project_category,
        coalesce(evaluation.level2_group, plan.level2_group) as level2_group,
        coalesce(evaluation.indicator, plan.indicator) as indicator,
        coalesce(evaluation.category_key, plan.category_key) as category_key,
        evaluation.filing_id is null as is_gone,
        plan.filing_id is null as is_new,
        coalesce(evaluation.times, 1) = 1 and coalesce(plan.times, 1) = 1 as is_single,
        evaluation.raw as this_raw,
        plan.raw as last_raw,
        evaluation.value as this_value,
        plan.value as last_value,
        coalesce(evaluation.unit, plan.unit) as unit,
        coalesce(
            (evaluation.bare is not distinct from plan.bare)
            or (evaluation.value = plan.value and evaluation.unit_family = plan.unit_family)
            -- A sum that one of the two does not state is no other sum.
            or (plan.item = 'project' and (evaluation.value is null or plan.value is null)), false
        ) as is_same,
        case
            when evaluation.unit_family = plan.unit_family
                then cast(evaluation.value - plan.value as decimal(24, 6))
        end as change,
        case when evaluation.polarity = plan.polarity then evaluation.polarity end as polarity,
        coalesce(evaluation.is_held, false) or coalesce(plan.is_held, false) as is_held,
        nullif(concat_ws('；', evaluation.held_reason, plan.held_reason), '') as held_reason,
        coalesce(evaluation.filing_id, plan.filing_id) as filing_id,
        coalesce(evaluation.project_no, plan.project_no) as project_no,
        if(evaluation.filing_id is null, plan.indicator_no, evaluation.indicator_no) as indicator_no,
        coalesce(evaluation.file_name, plan.file_name) as file_name,
        if(evaluation.filing_id is null, plan.page, evaluation.page) as page,
        if(evaluation.filing_id is null, plan.table_no, evaluation.table_no) as table_no,
        if(evaluation.filing_id is null, plan.row_no, evaluation.row_no) as row_no,
        plan.filing_id as last_filing_id,
        plan.project_no as last_project_no,
        plan.indicator_no as last_indicator_no,
        plan.file_name as last_file_name,
        plan.page as last_page,
        plan.table_no as last_table_no,
        plan.row_no as last_row_no
    from of_evaluations as evaluation
    full join of_plans as plan
        on
            evaluation.item = plan.item
            and evaluation.item_key = plan.item_key
),

judged as (
    select
        matched.* exclude (is_held, held_reason),  -- noqa: RF02
        matched.is_held or ((matched.is_gone or matched.is_new) and filers.is_partly_read) as is_held,
        coalesce(
            matched.held_reason,
            case when (matched.is_gone or matched.is_new) and filers.is_partly_read then '文件有未读懂或存疑的内容' end
        ) as held_reason,
        matched.item = 'project' or in_both.category_key is not null as is_in_both
    from matched
    inner join filers
        on
            matched.fiscal_year = filers.fiscal_year
            and matched.township_key = filers.township_key
    left join in_both
        on matched.category_key = in_both.category_key
),

compared as (
    select
        fiscal_year,
        county,
        township,
        item,
        project_name,
        project_category,
        level2_group,
        indicator,
        last_raw,
        this_raw,
        last_value,
        this_value,
        unit,
        change,
        case
            when is_held then 'held'
            when is_gone then 'gone'
            when is_new then 'new'
            when change > 0 then 'raised'
            when change < 0 then 'lowered'
            else 'changed'
        end as status,
        case
            when is_held or item <> 'indicator' or coalesce(change, 0) = 0 then null
            when coalesce(polarity, 'unknown') not in ('higher', 'lower') then null
            when (change > 0) = (polarity = 'higher') then 'stricter'
            else 'looser'
        end as strictness,
        is_held,
        held_reason,
        filing_id,
        project_no,
        indicator_no,
        file_name,
        page,
        table_no,
        row_no,
        last_filing_id,
        last_project_no,
        last_indicator_no,
        last_file_name,
        last_page,
        last_table_no,
        last_row_no
    from judged
    where
        is_single
        and is_in_both
        and not (is_same and not is_gone and not is_new)
)

select * from compared
order by
    fiscal_year, county, township, item, project_category, level2_group, indicator,
    filing_id, project_no, indicator_no, last_filing_id, last_project_no, last_indicator_no
