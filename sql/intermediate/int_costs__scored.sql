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

scoped as (
    select
        'indicator' as scope,
        price_key as scope_key,
        row_key,
        value_yuan
    from costs
    union all
    select
        'category' as scope,
        category_price_key as scope_key,
        row_key,
        value_yuan
    from costs
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
    from scoped as costs
    inner join counties
        on
            costs.scope = counties.scope
            and costs.scope_key = counties.scope_key
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
