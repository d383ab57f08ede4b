-- One row per pair of projects of one year and county that may be the same one filed twice, and what speaks for it.
-- A carried-over project and this year's of the same name are two; so are projects named for different years.
with

projects as (
    select
        *,
        regexp_replace(coalesce(purpose, ''), '\s', '', 'g') as purpose_text
    from intermediate.int_projects__compared
    where
        is_plan
        and fiscal_year is not null
),

placed as (
    select
        *,
        row_number() over (order by fiscal_year, county_key, township, filing_id, project_no) as place
    from projects
),

by_code as (
    select
        one.place,
        other.place as other_place,
        1 as strength,
        'code' as basis
    from placed as one
    inner join placed as other
        on
            one.fiscal_year = other.fiscal_year
            and one.county_key = other.county_key
            and one.project_code = other.project_code
            and one.place > other.place
    where length(one.project_code) >= 10
),

by_name as (
    select
        one.place,
        other.place as other_place,
        case when one.budget_yuan = other.budget_yuan then 2 else 4 end as strength,
        case when one.budget_yuan = other.budget_yuan then 'name_amount' else 'name' end as basis
    from placed as one
    inner join placed as other
        on
            one.fiscal_year = other.fiscal_year
            and one.township_key = other.township_key
            and one.project_category = other.project_category
            and one.is_prior = other.is_prior
            and one.project_year is not distinct from other.project_year
            and one.place > other.place
    where one.budget_yuan > 0 and other.budget_yuan > 0
),

by_purpose as (
    select
        one.place,
        other.place as other_place,
        3 as strength,
        'purpose_amount' as basis
    from placed as one
    inner join placed as other
        on
            one.fiscal_year = other.fiscal_year
            and one.township_key = other.township_key
            and one.budget_yuan = other.budget_yuan
            and one.purpose_text = other.purpose_text
            and one.is_prior = other.is_prior
            and one.place > other.place
    -- A few words (办公经费) say the same of many projects.
    where
        one.budget_yuan > 0
        and length(one.purpose_text) >= 20
),

every as (
    select * from by_code
    union all
    select * from by_name
    union all
    select * from by_purpose
),

strongest as (
    select *
    from every
    qualify row_number() over (partition by place, other_place order by strength) = 1
),

listed as (
    select
        one.fiscal_year,
        one.county,
        one.township,
        one.unit_name,
        one.project_code,
        one.project_name,
        one.project_category,
        one.budget_yuan,
        other.township as other_township,
        other.project_code as other_project_code,
        other.project_name as other_project_name,
        other.budget_yuan as other_budget_yuan,
        case when one.is_held or other.is_held then 'held' else strongest.basis end as basis,
        case
            when not one.is_held and not other.is_held
                then cast(least(one.budget_yuan, other.budget_yuan) as decimal(18, 2))
        end as twice_yuan,
        one.is_held or other.is_held as is_held,
        nullif(concat_ws('；', one.held_reason, other.held_reason), '') as held_reason,
        one.filing_id,
        one.project_no,
        one.file_name,
        one.page,
        one.table_no,
        one.row_no,
        other.filing_id as last_filing_id,
        other.project_no as last_project_no,
        other.file_name as last_file_name,
        other.page as last_page,
        other.table_no as last_table_no,
        other.row_no as last_row_no
    from strongest
    inner join placed as one
        on strongest.place = one.place
    inner join placed as other
        on strongest.other_place = other.place
)

select * from listed
order by fiscal_year, county, township, filing_id, project_no, last_filing_id, last_project_no
