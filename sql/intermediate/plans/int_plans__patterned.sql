-- One row per project with a spending plan: the plan as one line, how many projects and townships have the same, and
-- how far its points before December lie from even spending on average.
with

projects as (
    select *
    from intermediate.int_projects__compared
    where is_plan
),

points as (
    select * from intermediate.int_plans__points
),

lined as (
    select
        projects.fiscal_year,
        projects.township_key,
        projects.county_key,
        projects.filing_id,
        projects.project_no,
        round(avg(cast(points.cumulative_pct as double) - 100.0 * points.month / 12) filter (
            where points.month < 12
        ), 4) as loading_points,
        string_agg(
            points.month || ':' || regexp_replace(cast(points.cumulative_pct as varchar), '\.?0+$', ''), ' '
            order by points.month
        ) as plan_pattern
    from projects
    inner join points
        on
            projects.filing_id = points.filing_id
            and projects.project_no = points.project_no
    group by
        projects.fiscal_year, projects.township_key, projects.county_key, projects.filing_id, projects.project_no
),

counted as (
    select
        fiscal_year,
        county_key,
        plan_pattern,
        count(*) as same_plan_projects,
        count(distinct township_key) as same_plan_townships
    from lined
    group by fiscal_year, county_key, plan_pattern
),

joined as (
    select
        lined.filing_id,
        lined.project_no,
        lined.plan_pattern,
        lined.loading_points,
        counted.same_plan_projects,
        counted.same_plan_townships
    from lined
    inner join counted
        on
            (lined.fiscal_year is not distinct from counted.fiscal_year)
            and lined.county_key = counted.county_key
            and lined.plan_pattern = counted.plan_pattern
)

select * from joined
