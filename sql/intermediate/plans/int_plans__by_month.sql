-- One row per project with budget and spending plan, and month that any plan of its township, or of most townships,
-- names. is_own marks the township's own months. Between its own points a plan is a straight line (0 at the beginning
-- of the year), behind its last it stays: nothing is filed for a month that nobody named.
with

projects as (
    select *
    from intermediate.int_projects__compared
    where
        is_plan
        and not is_held
        and budget_yuan > 0
),

points as (
    select * from intermediate.int_plans__points
),

-- A plan that falls, or does not end at 100 %, is no curve yet.
faulty as (
    select
        findings.filing_id,
        findings.project_no
    from staging.stg_rule_findings as findings
    inner join staging.stg_rules as rules
        on findings.rule = rules.rule
    where
        rules.holds = 'plan'
        and rules.is_enabled
),

planned as (
    select
        projects.fiscal_year,
        projects.county,
        projects.county_key,
        projects.township,
        projects.township_key,
        projects.filing_id,
        projects.project_no,
        projects.budget_yuan,
        points.month,
        cast(points.cumulative_pct as double) as cumulative_pct
    from projects
    inner join points
        on
            projects.filing_id = points.filing_id
            and projects.project_no = points.project_no
    anti join faulty
        on
            projects.filing_id = faulty.filing_id
            and projects.project_no = faulty.project_no
),

own_months as (
    select distinct
        fiscal_year,
        county_key,
        township_key,
        month
    from planned
),

planners as (
    select
        fiscal_year,
        county_key,
        count(distinct township_key) as townships
    from own_months
    group by fiscal_year, county_key
),

common_months as (
    select
        own_months.fiscal_year,
        own_months.county_key,
        own_months.month
    from own_months
    inner join planners
        on
            own_months.fiscal_year is not distinct from planners.fiscal_year
            and own_months.county_key = planners.county_key
    group by own_months.fiscal_year, own_months.county_key, own_months.month, planners.townships
    having 2 * count(*) > planners.townships
),

plans as (
    select distinct
        fiscal_year,
        county,
        county_key,
        township,
        township_key,
        filing_id,
        project_no,
        budget_yuan
    from planned
),

months as (
    select
        plans.filing_id,
        plans.project_no,
        own_months.month
    from plans
    inner join own_months
        on
            plans.fiscal_year is not distinct from own_months.fiscal_year
            and plans.township_key = own_months.township_key
    union
    select
        plans.filing_id,
        plans.project_no,
        common_months.month
    from plans
    inner join common_months
        on
            plans.fiscal_year is not distinct from common_months.fiscal_year
            and plans.county_key = common_months.county_key
),

grid as (
    select
        plans.*,
        months.month,
        own_months.month is not null as is_own,
        common_months.month is not null as is_common,
        planned.cumulative_pct as filed_pct
    from plans
    inner join months
        on
            plans.filing_id = months.filing_id
            and plans.project_no = months.project_no
    left join own_months
        on
            plans.fiscal_year is not distinct from own_months.fiscal_year
            and plans.township_key = own_months.township_key
            and months.month = own_months.month
    left join common_months
        on
            plans.fiscal_year is not distinct from common_months.fiscal_year
            and plans.county_key = common_months.county_key
            and months.month = common_months.month
    left join planned
        on
            plans.filing_id = planned.filing_id
            and plans.project_no = planned.project_no
            and months.month = planned.month
),

neighboured as (
    select
        *,
        coalesce(
            last_value(case when filed_pct is not null then month end ignore nulls) over before, 0
        ) as month_before,
        coalesce(last_value(filed_pct ignore nulls) over before, 0) as pct_before,
        first_value(case when filed_pct is not null then month end ignore nulls) over behind as month_behind,
        first_value(filed_pct ignore nulls) over behind as pct_behind
    from grid
    window
        before as (
            partition by filing_id, project_no
            order by month
            rows between unbounded preceding and current row
        ),
        behind as (
            partition by filing_id, project_no
            order by month
            rows between current row and unbounded following
        )
),

lined as (
    select
        fiscal_year,
        county,
        county_key,
        township,
        township_key,
        filing_id,
        project_no,
        budget_yuan,
        month,
        is_own,
        is_common,
        case
            when filed_pct is not null then filed_pct
            when month_behind is null then pct_before
            else pct_before + (pct_behind - pct_before) * (month - month_before) / (month_behind - month_before)
        end as cumulative_pct
    from neighboured
),

priced as (
    select
        * replace (cast(round(cumulative_pct, 4) as decimal(9, 4)) as cumulative_pct),
        cast(round(cast(budget_yuan as double) * cumulative_pct / 100, 2) as decimal(18, 2)) as cumulative_yuan
    from lined
)

select * from priced
