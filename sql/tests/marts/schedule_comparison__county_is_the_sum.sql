-- The county's curve is the sum of the townships' curves in every month.
with

curves as (
    select * from mart.schedule_comparison
),

summed as (
    select
        fiscal_year,
        month,
        coalesce(sum(cumulative_yuan) filter (where scope = 'county'), 0) as county_yuan,
        coalesce(sum(cumulative_yuan) filter (where scope = 'township'), 0) as townships_yuan,
        coalesce(sum(budget_yuan) filter (where scope = 'county'), 0) as county_budget_yuan,
        coalesce(sum(budget_yuan) filter (where scope = 'township'), 0) as townships_budget_yuan,
        count(*) filter (where scope = 'project' and budget_yuan is not null) as project_points,
        count(*) filter (where scope = 'county') as county_points
    from curves
    group by fiscal_year, month
)

select * from summed
where
    county_yuan != townships_yuan
    or county_budget_yuan != townships_budget_yuan
    or (project_points > 0 and county_points != 1)
