-- One row per year, township and project category that the township filed, with the money of all its projects.
with

projects as (
    select *
    from intermediate.int_projects__compared
    where is_plan
),

townships as (
    select * from staging.stg_townships
),

split as (
    select
        *,
        -- A project of an earlier year is that year's money as a whole; of another, what it names as carried over.
        case
            when is_prior or budget_yuan is null then budget_yuan
            else least(coalesce(carryover_yuan, 0), budget_yuan)
        end as carried_yuan,
        row_number() over (
            partition by fiscal_year, township_key, project_category
            order by budget_yuan desc nulls last, filing_id asc, project_no asc
        ) as place
    from projects
),

grouped as (
    select
        fiscal_year,
        any_value(county) as county,
        any_value(county_key) as county_key,
        any_value(township) as township,
        township_key,
        project_category,
        count(*) as projects,
        count(*) filter (where budget_yuan is null) as projects_without_amount,
        bool_or(is_held) as is_held,
        nullif(string_agg(distinct held_reason, '；' order by held_reason), '') as held_reason,
        cast(sum(budget_yuan) as decimal(18, 2)) as total_yuan,
        cast(sum(budget_yuan - carried_yuan) as decimal(18, 2)) as current_yuan,
        cast(sum(carried_yuan) as decimal(18, 2)) as carryover_yuan,
        cast(sum(fiscal_yuan) as decimal(18, 2)) as fiscal_yuan,
        cast(sum(other_yuan) as decimal(18, 2)) as other_yuan,
        string_agg(project_name, '；' order by filing_id, project_no) as project_names
    from split
    group by fiscal_year, township_key, project_category
),

sourced as (
    select
        grouped.*,
        townships.villages,
        townships.population,
        cast(
            cast(grouped.current_yuan as double) / nullif(townships.villages, 0) as decimal(18, 2)
        ) as current_per_village_yuan,
        cast(
            cast(grouped.current_yuan as double) / nullif(townships.population, 0) as decimal(18, 2)
        ) as current_per_head_yuan,
        split.filing_id,
        split.project_no,
        split.file_name,
        split.page,
        split.table_no,
        split.row_no
    from grouped
    inner join split
        on
            grouped.fiscal_year is not distinct from split.fiscal_year
            and grouped.township_key = split.township_key
            and grouped.project_category = split.project_category
            and split.place = 1
    left join townships
        on grouped.township = townships.township
)

select * from sourced
