-- One row per year, township and project category with a current budget: what it is compared per, and how it stands.
with

budgets as (
    select * from intermediate.int_budgets__per_measure
),

counties as (
    select *
    from intermediate.int_budgets__by_county
    where is_chosen
),

thresholds as (
    select * from intermediate.int_thresholds__turned
),

scored as (
    select
        budgets.fiscal_year,
        budgets.township_key,
        budgets.project_category,
        counties.measure,
        budgets.amount,
        counties.median_amount,
        counties.townships - 1 as peers,
        budgets.amount / counties.median_amount as ratio,
        round(
            (budgets.amount - counties.median_amount) / nullif(counties.deviation, 0), 4
        ) as score,
        round(
            greatest(
                thresholds.budget_ratio, 1 + thresholds.outlier_score * counties.deviation / counties.median_amount
            ), 4
        ) as detectable,
        thresholds.*
    from budgets
    inner join counties
        on
            budgets.category_key = counties.category_key
            and budgets.measure = counties.measure
    cross join thresholds
),

judged as (
    select
        fiscal_year,
        township_key,
        project_category,
        measure,
        amount,
        median_amount,
        peers,
        ratio,
        case when peers >= least_peers then score end as robust_score,
        case when peers >= least_peers then detectable end as detectable_ratio,
        case
            when peers >= least_peers
                then case
                    when score > outlier_score and ratio >= budget_ratio then 'high'
                    when score < -outlier_score and ratio * budget_ratio <= 1 then 'low'
                    else 'normal'
                end
            when peers >= few_peers and ratio >= few_ratio then 'few_high'
            when peers >= few_peers and ratio * few_ratio <= 1 then 'few_low'
            else 'too_few_peers'
        end as outlier
    from scored
)

select * from judged
