-- One row per township and thing compared in two successive years, where the township filed in both. A row's place is
-- this year's, or of what is gone last year's.
with

items as (
    select * from intermediate.int_years__items
),

filers as (
    select distinct filer_key
    from items
),

this_items as (
    select items.*
    from items
    semi join filers
        on items.last_filer_key = filers.filer_key
),

last_items as (
    select items.*
    from items
    semi join filers
        on items.next_filer_key = filers.filer_key
),

matched as (
    select
        coalesce(this_items.fiscal_year, last_items.fiscal_year + 1) as fiscal_year,
        coalesce(this_items.county, last_items.county) as county,
        coalesce(this_items.township, last_items.township) as township,
        coalesce(this_items.item, last_items.item) as item,
        coalesce(this_items.project_category, last_items.project_category) as project_category,
        coalesce(this_items.level2_group, last_items.level2_group) as level2_group,
        coalesce(this_items.indicator, last_items.indicator) as indicator,
        coalesce(this_items.unit_family, last_items.unit_family) as unit_family,
        this_items.raw as this_raw,
        last_items.raw as last_raw,
        this_items.value as this_value,
        last_items.value as last_value,
        coalesce(this_items.unit, last_items.unit) as unit,
        this_items.item is null as is_gone,
        last_items.item is null as is_new,
        (this_items.unit_family is not distinct from last_items.unit_family) as is_one_family,
        case when this_items.polarity = last_items.polarity then this_items.polarity end as polarity,
        this_items.due_day is not null and this_items.due_day = last_items.due_day as is_same_day,
        coalesce(this_items.filing_id, last_items.filing_id) as filing_id,
        coalesce(this_items.project_no, last_items.project_no) as project_no,
        if(this_items.item is null, last_items.indicator_no, this_items.indicator_no) as indicator_no,
        coalesce(this_items.file_name, last_items.file_name) as file_name,
        if(this_items.item is null, last_items.page, this_items.page) as page,
        if(this_items.item is null, last_items.table_no, this_items.table_no) as table_no,
        if(this_items.item is null, last_items.row_no, this_items.row_no) as row_no,
        last_items.filing_id as last_filing_id,
        last_items.project_no as last_project_no,
        last_items.indicator_no as last_indicator_no,
        last_items.file_name as last_file_name,
        last_items.page as last_page,
        last_items.table_no as last_table_no,
        last_items.row_no as last_row_no
    from this_items
    full join last_items
        on this_items.this_key = last_items.next_key
),

changed as (
    select
        *,
        case when is_one_family then cast(this_value - last_value as decimal(24, 6)) end as change
    from matched
),

compared as (
    select
        fiscal_year,
        fiscal_year - 1 as previous_year,
        county,
        township,
        item,
        project_category,
        level2_group,
        indicator,
        unit_family,
        this_raw,
        last_raw,
        this_value,
        last_value,
        unit,
        change,
        round(100 * cast(change as double) / nullif(cast(last_value as double), 0), 4) as change_pct,
        case
            when is_gone then 'gone'
            when is_new then 'new'
            when change > 0 then 'raised'
            when change < 0 then 'lowered'
            when change = 0 then 'same'
            -- A deadline that moved with the year is the same deadline.
            when is_same_day then 'same'
            when (this_value is null) != (last_value is null) then 'not_comparable'
            when this_raw = last_raw then 'same'
            when this_value is null and last_value is null then 'changed'
            else 'not_comparable'
        end as status,
        case
            when item != 'indicator' or change is null then null
            when coalesce(polarity, 'unknown') not in ('higher', 'lower') then null
            when change = 0 then 'same'
            when (change > 0) = (polarity = 'higher') then 'stricter'
            else 'looser'
        end as strictness,
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
    from changed
)

select * from compared
order by
    fiscal_year, county, township, item, project_category, level2_group, indicator,
    filing_id, project_no, indicator_no, last_filing_id, last_project_no, last_indicator_no
