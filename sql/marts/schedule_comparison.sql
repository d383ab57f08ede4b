-- One row per month end of a project's spending plan, of a township's total and of the county's total.
with

projects as (
    select *
    from intermediate.int_projects__compared
    where is_plan
),

points as (
    select * from intermediate.int_plans__points
),

patterns as (
    select * from intermediate.int_plans__patterned
),

totals as (
    select * from intermediate.int_plans__totalled
),

county as (
    select *
    from totals
    where scope = 'county'
),

project_curves as (
    select
        'project' as scope,
        projects.fiscal_year,
        projects.county,
        projects.township,
        projects.unit_code,
        projects.unit_name,
        projects.project_code,
        projects.project_name,
        projects.project_category,
        points.month,
        points.cumulative_pct,
        cast(round(projects.budget_yuan * points.cumulative_pct / 100, 2) as decimal(18, 2)) as cumulative_yuan,
        projects.budget_yuan,
        1 as projects,
        patterns.plan_pattern,
        patterns.same_plan_projects,
        patterns.same_plan_townships,
        patterns.loading_points,
        projects.filing_id,
        projects.project_no,
        projects.file_name,
        points.page,
        points.table_no,
        points.row_no
    from projects
    inner join points
        on
            projects.filing_id = points.filing_id
            and projects.project_no = points.project_no
    inner join patterns
        on
            projects.filing_id = patterns.filing_id
            and projects.project_no = patterns.project_no
),

curves as (
    select * from project_curves
    union all by name
    select * from totals
),

measured as (
    select
        curves.*,
        county.cumulative_pct as county_pct,
        cast(100.0 * curves.month / 12 as decimal(9, 4)) as even_pct
    from curves
    left join county
        on
            (curves.fiscal_year is not distinct from county.fiscal_year)
            and curves.month = county.month
),

compared as (
    select
        scope,
        fiscal_year,
        county,
        township,
        unit_code,
        unit_name,
        project_code,
        project_name,
        project_category,
        month,
        cumulative_pct,
        cumulative_yuan,
        budget_yuan,
        projects,
        county_pct,
        cast(cumulative_pct - county_pct as decimal(9, 4)) as difference_points,
        even_pct,
        loading_points,
        case
            when loading_points > 10 then 'front'
            when loading_points < -10 then 'back'
            when loading_points is not null then 'even'
        end as pace,
        plan_pattern,
        same_plan_projects,
        same_plan_townships,
        filing_id,
        project_no,
        file_name,
        page,
        table_no,
        row_no
    from measured
)

select * from compared
order by fiscal_year, scope, county, township, filing_id, project_no, month
