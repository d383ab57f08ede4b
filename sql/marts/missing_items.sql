-- One row per township and project or indicator that most other townships of the county plan and it does not.
-- Whoever has something that never stands beside it may have it under another name (other_name); where a file was read
-- in part, or a value of it is doubted, nothing is said to be missing (held).
with

projects as (
    select projects.*
    from intermediate.int_projects__compared as projects
    semi join staging.stg_filings as filings
        on
            projects.filing_id = filings.filing_id
            and filings.township is not null
    where
        projects.is_plan
        and not projects.is_prior
        and projects.fiscal_year is not null
),

indicators as (
    select indicators.*
    from intermediate.int_indicators__compared as indicators
    semi join projects
        on
            indicators.filing_id = projects.filing_id
            and indicators.project_no = projects.project_no
    where indicators.level2_group <> ''
),

partly_read as (
    select distinct filing_id
    from intermediate.int_projects__partly_read
    where not is_money
),

thresholds as (
    select * from intermediate.int_thresholds__turned
),

townships as (
    select
        projects.fiscal_year,
        projects.county_key,
        projects.township_key,
        any_value(projects.county) as county,
        any_value(projects.township) as township,
        min(projects.filing_id) as filing_id,
        arg_min(projects.file_name, projects.filing_id) as file_name,
        bool_or(partly_read.filing_id is not null) as is_partly_read
    from projects
    left join partly_read
        on projects.filing_id = partly_read.filing_id
    group by projects.fiscal_year, projects.county_key, projects.township_key
),

-- What is filed: a project is looked for among all projects, an indicator among those of its project and level.
project_items as (
    select
        'project' as item,
        fiscal_year,
        county_key,
        township_key,
        hash(fiscal_year, county_key) as within_key,
        hash(fiscal_year, county_key, project_category) as item_key,
        project_category,
        cast(null as varchar) as level2_group,
        cast(null as varchar) as indicator,
        project_category as name,
        format('{:.2f}', cast(budget_yuan as double) / 10000) || '万元' as raw,
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        file_name,
        page,
        table_no,
        row_no
    from projects
),

indicator_items as (
    select
        'indicator' as item,
        fiscal_year,
        county_key,
        township_key,
        hash(fiscal_year, county_key, project_category, level2_group) as within_key,
        hash(fiscal_year, county_key, project_category, level2_group, indicator) as item_key,
        project_category,
        level2_group,
        indicator,
        indicator as name,
        target_raw as raw,
        filing_id,
        project_no,
        indicator_no,
        file_name,
        page,
        table_no,
        row_no
    from indicators
),

every as (
    select * from project_items
    union all by name
    select * from indicator_items
),

levels as (
    select distinct level2_group
    from indicators
),

-- Who could have it: for a project every township, for an indicator every township with a project of the category.
able as (
    select
        'project' as item,
        hash(townships.fiscal_year, townships.county_key) as within_key,
        townships.township_key,
        townships.filing_id,
        cast(null as integer) as project_no,
        townships.file_name,
        cast(null as integer) as page,
        cast(null as integer) as table_no,
        cast(null as integer) as row_no
    from townships
    union all
    select
        'indicator' as item,
        hash(projects.fiscal_year, projects.county_key, projects.project_category, levels.level2_group) as within_key,
        projects.township_key,
        min(projects.filing_id) as filing_id,
        arg_min(projects.project_no, (projects.filing_id, projects.project_no)) as project_no,
        arg_min(projects.file_name, (projects.filing_id, projects.project_no)) as file_name,
        arg_min(projects.page, (projects.filing_id, projects.project_no)) as page,
        arg_min(projects.table_no, (projects.filing_id, projects.project_no)) as table_no,
        arg_min(projects.row_no, (projects.filing_id, projects.project_no)) as row_no
    from projects
    cross join levels
    group by
        projects.fiscal_year, projects.county_key, projects.project_category, levels.level2_group,
        projects.township_key
),

sizes as (
    select
        item,
        within_key,
        count(distinct township_key) as townships
    from able
    group by item, within_key
),

held_by as (
    select
        item,
        within_key,
        item_key,
        fiscal_year,
        county_key,
        min(project_category) as project_category,
        min(level2_group) as level2_group,
        min(indicator) as indicator,
        min(name) as name,
        count(distinct township_key) as townships_with,
        mode(raw order by raw) as common_raw
    from every
    group by item, within_key, item_key, fiscal_year, county_key
),

common as (
    select
        held_by.*,
        sizes.townships
    from held_by
    cross join thresholds
    inner join sizes
        on
            held_by.item = sizes.item
            and held_by.within_key = sizes.within_key
    where
        sizes.townships > thresholds.least_peers
        and held_by.townships_with >= thresholds.shared_share * (sizes.townships - 1)
        and held_by.townships_with < sizes.townships
),

-- One cell that shows the common thing: the first with the commonest text.
examples as (
    select
        every.item_key,
        every.filing_id,
        every.project_no,
        every.indicator_no,
        every.file_name,
        every.page,
        every.table_no,
        every.row_no
    from every
    inner join common
        on
            every.item_key = common.item_key
            and every.item = common.item
            and every.raw is not distinct from common.common_raw
    qualify row_number() over (
        partition by every.item_key order by every.filing_id, every.project_no, every.indicator_no
    ) = 1
),

-- What stands beside the common thing in some township is another thing.
beside as (
    select distinct
        common.item,
        common.item_key,
        others.item_key as other_key
    from common
    inner join every
        on
            common.item = every.item
            and common.item_key = every.item_key
    inner join every as others
        on
            every.item = others.item
            and every.within_key = others.within_key
            and every.township_key = others.township_key
),

-- What never stands beside it may be the same under another name.
lacking as (
    select
        common.item,
        common.within_key,
        common.item_key,
        able.township_key
    from common
    inner join able
        on
            common.item = able.item
            and common.within_key = able.within_key
    anti join every
        on
            common.item = every.item
            and common.item_key = every.item_key
            and able.township_key = every.township_key
),

alternatives as (
    select
        lacking.item,
        lacking.item_key,
        lacking.township_key,
        array_to_string(list_sort(list_distinct(list(every.name))), '、') as other_names
    from lacking
    inner join every
        on
            lacking.item = every.item
            and lacking.within_key = every.within_key
            and lacking.township_key = every.township_key
    anti join beside
        on
            lacking.item = beside.item
            and lacking.item_key = beside.item_key
            and every.item_key = beside.other_key
    group by lacking.item, lacking.item_key, lacking.township_key
),

missing as (
    select
        common.item,
        common.fiscal_year,
        townships.county,
        townships.township,
        common.project_category,
        common.level2_group,
        common.indicator,
        common.townships - 1 as peers,
        common.townships_with,
        round(100.0 * common.townships_with / (common.townships - 1), 4) as with_pct,
        common.common_raw,
        alternatives.other_names,
        case
            when townships.is_partly_read then 'held'
            when alternatives.other_names is not null then 'other_name'
            else 'missing'
        end as status,
        able.filing_id,
        able.project_no,
        able.file_name,
        able.page,
        able.table_no,
        able.row_no,
        examples.filing_id as last_filing_id,
        examples.project_no as last_project_no,
        examples.indicator_no as last_indicator_no,
        examples.file_name as last_file_name,
        examples.page as last_page,
        examples.table_no as last_table_no,
        examples.row_no as last_row_no
    from common
    inner join able
        on
            common.item = able.item
            and common.within_key = able.within_key
    inner join townships
        on
            able.township_key = townships.township_key
            and common.fiscal_year = townships.fiscal_year
    inner join examples
        on common.item_key = examples.item_key
    inner join lacking
        on
            common.item = lacking.item
            and common.item_key = lacking.item_key
            and able.township_key = lacking.township_key
    left join alternatives
        on
            common.item = alternatives.item
            and common.item_key = alternatives.item_key
            and able.township_key = alternatives.township_key
),

listed as (
    select
        fiscal_year,
        county,
        township,
        item,
        project_category,
        level2_group,
        indicator,
        status,
        townships_with,
        peers,
        with_pct,
        common_raw,
        other_names,
        filing_id,
        project_no,
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
    from missing
)

select * from listed
order by fiscal_year, county, township, item, project_category, level2_group, indicator
