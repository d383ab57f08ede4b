-- A county's total holds the budgets of all projects with a plan, once in each month, and no curve of totals falls
-- unless a project's does; so it fails too where plans were there and nothing was added up.
with

curves as (
    select * from mart.schedule_comparison
),

planned as (
    select
        *,
        min(month) over (partition by filing_id, project_no) as first_month
    from curves
    where
        scope = 'project'
        and not is_held
        and not is_faulty
        and budget_yuan > 0
),

projects as (
    select
        fiscal_year,
        sum(budget_yuan) filter (where month = first_month) as budget_yuan
    from planned
    group by fiscal_year
),

months as (
    select
        fiscal_year,
        county,
        month,
        sum(budget_yuan) as budget_yuan,
        count(*) as points
    from curves
    where scope = 'county'
    group by fiscal_year, county, month
),

counties as (
    select
        fiscal_year,
        county,
        max(budget_yuan) as most_yuan,
        min(budget_yuan) as least_yuan
    from months
    group by fiscal_year, county
),

years as (
    select
        fiscal_year,
        sum(most_yuan) as most_yuan,
        sum(least_yuan) as least_yuan
    from counties
    group by fiscal_year
)

select
    projects.*,
    years.most_yuan,
    years.least_yuan
from projects
left join years
    on projects.fiscal_year is not distinct from years.fiscal_year
where
    projects.budget_yuan is distinct from years.most_yuan
    or years.most_yuan is distinct from years.least_yuan
