-- One row per month end of a project's spending plan, of a township's total, and of the total of all townships with a
-- plan.
with

projects as (
    select *
    from intermediate.int_projects__compared
    where is_plan
),

points as (
    select * from intermediate.int_plans__points
),

plans as (
    select * from intermediate.int_plans__by_month
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

-- The county's curve is read at any month: a straight line between its own.
county_points as (
    select
        fiscal_year,
        county_key,
        month,
        cast(cumulative_pct as double) as pct,
        lag(month, 1, 0) over curve as month_before,
        cast(lag(cumulative_pct, 1, 0) over curve as double) as pct_before
    from county
    window curve as (
        partition by fiscal_year, county_key
        order by month
    )
),


project_curves as (
    select
        'project' as scope,
        projects.fiscal_year,
        projects.county,
        projects.county_key,
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
        projects.is_held,
        plans.filing_id is null and projects.budget_yuan > 0 and not projects.is_held as is_faulty,
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
    left join plans
        on
            projects.filing_id = plans.filing_id
            and projects.project_no = plans.project_no
            and points.month = plans.month
),

curves as (
    select * from project_curves
    union all by name
    select * from totals
),

measured as (
    select
        curves.*,
        cast(round(
            county_points.pct_before + (county_points.pct - county_points.pct_before)
            * (curves.month - county_points.month_before) / (county_points.month - county_points.month_before), 4
        ) as decimal(9, 4)) as county_pct,
        cast(100.0 * curves.month / 12 as decimal(9, 4)) as even_pct
    from curves
    left join county_points
        on
            (curves.fiscal_year is not distinct from county_points.fiscal_year)
            and curves.county_key = county_points.county_key
            and curves.month > county_points.month_before
            and curves.month <= county_points.month
),

compared as (
    select
        scope,
        scope_name,
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
        townships_with_plan,
        townships,
        budget_covered_pct,
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
        coalesce(is_held, false) as is_held,
        coalesce(is_faulty, false) as is_faulty,
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
