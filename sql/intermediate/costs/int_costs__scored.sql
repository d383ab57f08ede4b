-- One row per cost indicator and scope: how far its price lies from the county's median, in robust standard deviations
-- (1.4826 × the median absolute deviation; Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993).
-- Where nearly all agree the deviation is next to nothing, and any other price would be far off: at least 5 % of the
-- median counts as one. Below five peers there is no score.
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
        cast(costs.value_yuan - counties.median_yuan as double) as distance,
        greatest(1.4826 * counties.mad_yuan, 0.05 * abs(cast(counties.median_yuan as double))) as spread
    from scoped as costs
    inner join counties
        on
            costs.scope = counties.scope
            and costs.scope_key = counties.scope_key
),

judged as (
    select
        *,
        case
            when peers < 5 then null
            when distance = 0 then 0
            else round(distance / nullif(spread, 0), 4)
        end as robust_score
    from scored
),

flagged as (
    select
        *,
        case
            when peers < 5 then 'too_few_peers'
            when robust_score > 3.5 or (robust_score is null and distance > 0) then 'high'
            when robust_score < -3.5 or (robust_score is null and distance < 0) then 'low'
            else 'normal'
        end as outlier
    from judged
)

select * from flagged
