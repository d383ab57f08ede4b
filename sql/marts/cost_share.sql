-- One row per unit cost of a current plan with the one count that it is for: price times count against the budget.
-- Only where the project has no other cost can the share say that money is left without a measure.
with

projects as (
    select *
    from intermediate.int_projects__compared
    where is_plan
),

counted as (
    select * from intermediate.int_costs__counted
),

indicators as (
    select * from intermediate.int_indicators__compared
),

thresholds as (
    select * from intermediate.int_thresholds__turned
),

joined as (
    select
        projects.fiscal_year,
        projects.county,
        projects.township,
        projects.unit_code,
        projects.unit_name,
        projects.project_code,
        projects.project_name,
        projects.project_category,
        prices.indicator,
        counted.target_raw,
        cast(counted.unit_cost as decimal(18, 2)) as value_yuan,
        counted.per_what,
        counts.indicator_raw as quantity_indicator,
        counted.quantity_raw,
        counted.quantity,
        counted.quantity_unit,
        counted.times,
        cast(counted.product_yuan as decimal(18, 2)) as product_yuan,
        projects.budget_yuan,
        cast(counted.product_yuan - projects.budget_yuan as decimal(18, 2)) as difference_yuan,
        round(100 * cast(counted.product_yuan as double) / cast(projects.budget_yuan as double), 4) as share_pct,
        counted.all_costs,
        projects.is_held or prices.is_held or counts.is_held as is_held,
        nullif(concat_ws('；', projects.held_reason, prices.held_reason, counts.held_reason), '') as held_reason,
        projects.filing_id,
        projects.project_no,
        counted.indicator_no,
        projects.file_name,
        prices.page,
        prices.table_no,
        prices.row_no
    from projects
    inner join counted
        on
            projects.filing_id = counted.filing_id
            and projects.project_no = counted.project_no
    inner join indicators as prices
        on
            counted.filing_id = prices.filing_id
            and counted.project_no = prices.project_no
            and counted.indicator_no = prices.indicator_no
    inner join indicators as counts
        on
            counted.filing_id = counts.filing_id
            and counted.project_no = counts.project_no
            and counted.quantity_no = counts.indicator_no
),

banded as (
    select
        joined.*,
        -- Caps are rounded up, as the rules know (unit_cost_exceeds_budget): three percent, at least 50 yuan.
        greatest(thresholds.rounding_yuan, thresholds.budget_band_pct * joined.budget_yuan / 100) as band_yuan,
        thresholds.budget_band_pct
    from joined
    cross join thresholds
),

judged as (
    select
        fiscal_year,
        county,
        township,
        unit_code,
        unit_name,
        project_code,
        project_name,
        project_category,
        indicator,
        target_raw,
        value_yuan,
        per_what,
        quantity_indicator,
        quantity_raw,
        quantity,
        quantity_unit,
        times,
        product_yuan,
        budget_yuan,
        difference_yuan,
        share_pct,
        all_costs,
        case
            when is_held then 'held'
            when difference_yuan > band_yuan then 'over'
            when share_pct >= 100 - budget_band_pct then 'whole'
            else 'part'
        end as covering,
        is_held,
        held_reason,
        filing_id,
        project_no,
        indicator_no,
        file_name,
        page,
        table_no,
        row_no
    from banded
)

select * from judged
order by fiscal_year, county, township, filing_id, project_no, indicator_no
