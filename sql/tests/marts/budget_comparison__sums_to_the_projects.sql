-- All categories together hold the money of all projects that count, new and carried over; so it fails too where
-- projects were there and nothing was summed.
with

projects as (
    select
        count(*) as projects,
        coalesce(sum(budget_yuan), 0) as budget_yuan
    from intermediate.int_projects__compared
    where is_plan
),

budgets as (
    select
        coalesce(sum(projects), 0) as projects,
        coalesce(sum(total_yuan), 0) as total_yuan,
        coalesce(sum(current_yuan), 0) + coalesce(sum(carryover_yuan), 0) as parts_yuan
    from mart.budget_comparison
)

select
    projects.projects,
    budgets.projects as projects_in_mart,
    projects.budget_yuan,
    budgets.total_yuan,
    budgets.parts_yuan
from projects
cross join budgets
where
    projects.projects != budgets.projects
    or projects.budget_yuan != budgets.total_yuan
    or projects.budget_yuan != budgets.parts_yuan
