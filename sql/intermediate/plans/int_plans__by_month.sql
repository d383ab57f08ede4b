-- One row per project with budget and spending plan, and month in which any plan of the year has a point.
-- A plan without a point in a month stands where its last point before left it.
with

projects as (
    select *
    from intermediate.int_projects__compared
    where
        is_plan
        and budget_yuan is not null
),

points as (
    select * from intermediate.int_plans__points
),

planned as (
    select
        projects.fiscal_year,
        projects.county,
        projects.township,
        projects.township_key,
        projects.filing_id,
        projects.project_no,
        projects.budget_yuan,
        points.month,
        points.cumulative_pct
    from projects
    inner join points
        on
            projects.filing_id = points.filing_id
            and projects.project_no = points.project_no
),

months as (
    select distinct
        fiscal_year,
        month
    from planned
),

plans as (
    select distinct
        fiscal_year,
        county,
        township,
        township_key,
        filing_id,
        project_no,
        budget_yuan
    from planned
),

grid as (
    select
        plans.fiscal_year,
        plans.county,
        plans.township,
        plans.township_key,
        plans.filing_id,
        plans.project_no,
        plans.budget_yuan,
        months.month,
        planned.cumulative_pct as filed_pct
    from plans
    inner join months
        on plans.fiscal_year is not distinct from months.fiscal_year
    left join planned
        on
            plans.filing_id = planned.filing_id
            and plans.project_no = planned.project_no
            and months.month = planned.month
),

carried as (
    select
        fiscal_year,
        county,
        township,
        township_key,
        filing_id,
        project_no,
        budget_yuan,
        month,
        coalesce(
            last_value(filed_pct ignore nulls) over (
                partition by filing_id, project_no
                order by month
                rows between unbounded preceding and current row
            ), 0
        ) as cumulative_pct
    from grid
),

priced as (
    select
        *,
        cast(round(budget_yuan * cumulative_pct / 100, 2) as decimal(18, 2)) as cumulative_yuan
    from carried
)

select * from priced
