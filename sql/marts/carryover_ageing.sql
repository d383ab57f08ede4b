-- One row per project of a current plan with money of earlier years: how much, from which year, and how old it is.
-- Money of two years and more is to be called in (thresholds: carryover_years); a year that nobody wrote has no age.
with

projects as (
    select *
    from intermediate.int_projects__compared
    where is_plan
),

thresholds as (
    select * from intermediate.int_thresholds__turned
),

carried as (
    select
        *,
        -- A project of an earlier year is that year's money as a whole; of another, what it names as carried over.
        case
            when is_prior or budget_yuan is null then budget_yuan
            else least(carryover_yuan, budget_yuan)
        end as carried_yuan,
        case when project_year < fiscal_year then project_year end as from_year
    from projects
    where is_prior or carryover_yuan > 0
),

townships as (
    select
        fiscal_year,
        township_key,
        cast(sum(carried_yuan) as decimal(18, 2)) as township_carried_yuan
    from carried
    where not is_held
    group by fiscal_year, township_key
),

budgets as (
    select
        fiscal_year,
        township_key,
        sum(budget_yuan) as budget_yuan
    from projects
    where not is_held
    group by fiscal_year, township_key
),

listed as (
    select
        carried.fiscal_year,
        carried.county,
        carried.township,
        carried.unit_code,
        carried.unit_name,
        carried.project_code,
        carried.project_name,
        carried.project_category,
        carried.budget_yuan,
        cast(carried.carried_yuan as decimal(18, 2)) as carried_yuan,
        carried.from_year,
        carried.fiscal_year - carried.from_year as age_years,
        case
            when carried.is_held then 'held'
            when carried.from_year is null then 'unknown'
            when carried.fiscal_year - carried.from_year >= thresholds.carryover_years then 'over'
            else 'within'
        end as ageing,
        townships.township_carried_yuan,
        round(
            100 * cast(townships.township_carried_yuan as double) / nullif(cast(budgets.budget_yuan as double), 0), 4
        ) as share_of_township_pct,
        carried.is_held,
        carried.held_reason,
        carried.filing_id,
        carried.project_no,
        carried.file_name,
        carried.page,
        carried.table_no,
        carried.row_no
    from carried
    cross join thresholds
    left join townships
        on
            carried.fiscal_year is not distinct from townships.fiscal_year
            and carried.township_key = townships.township_key
    left join budgets
        on
            carried.fiscal_year is not distinct from budgets.fiscal_year
            and carried.township_key = budgets.township_key
)

select * from listed
order by fiscal_year, county, township, filing_id, project_no
