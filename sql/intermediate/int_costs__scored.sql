-- One row per cost indicator and scope: how far its price lies from the county's, in robust standard deviations.
-- 0.6745 × (price − median) ÷ MAD; where most townships agree (MAD 0), (price − median) ÷ (1.2533 × mean deviation)
-- (Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993). Below five peers there is no score.
with

costs as (
    select * from intermediate.int_costs__compared
),

counties as (
    select * from intermediate.int_costs__by_county
),

scored as (
    select
        costs.row_key,
        counties.scope,
        counties.townships - 1 as peers,
        counties.median_yuan,
        counties.q1_yuan,
        counties.q3_yuan,
        counties.min_yuan,
        counties.max_yuan,
        counties.mad_yuan,
        round(case
            when counties.townships <= 5 then null
            when counties.mad_yuan > 0
                then 0.6745 * cast(costs.value_yuan - counties.median_yuan as double) / counties.mad_yuan
            when counties.mean_deviation_yuan > 0
                then cast(costs.value_yuan - counties.median_yuan as double) / (1.2533 * counties.mean_deviation_yuan)
            else 0
        end, 4) as robust_score
    from costs
    inner join counties
        on
            costs.fiscal_year is not distinct from counties.fiscal_year
            and costs.level2_group = counties.level2_group
            and costs.indicator = counties.indicator
            and costs.unit_family = counties.unit_family
            and costs.price_kind = counties.price_kind
            and (counties.scope = 'indicator' or costs.project_category = counties.project_category)
),

flagged as (
    select
        *,
        case
            when robust_score is null then 'too_few_peers'
            when robust_score > 3.5 then 'high'
            when robust_score < -3.5 then 'low'
            else 'normal'
        end as outlier
    from scored
)

select * from flagged
