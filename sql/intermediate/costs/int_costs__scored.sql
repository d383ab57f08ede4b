-- One row per cost indicator: the group that it is compared in (its project category where that has peers enough, else
-- all categories), and how far its price lies from the middle, in robust standard deviations (1.4826 × the median
-- absolute deviation). Where nearly all agree the deviation is next to nothing: at least 5 % of the median counts as
-- one. detectable_ratio is the least multiple of the median that would be flagged.
with

costs as (
    select *
    from intermediate.int_costs__compared
    where is_comparable
),

counties as (
    select * from intermediate.int_costs__by_county
),

thresholds as (
    select * from intermediate.int_thresholds__turned
),

scoped as (
    select
        'county' as scope,
        price_key as scope_key,
        row_key,
        compared_yuan
    from costs
    where per_what is not null
    union all
    select
        'category' as scope,
        category_price_key as scope_key,
        row_key,
        compared_yuan
    from costs
),

placed as (
    select
        scoped.row_key,
        scoped.scope_key,
        counties.scope,
        counties.townships - 1 as peers,
        counties.median_yuan,
        counties.q1_yuan,
        counties.q3_yuan,
        counties.min_yuan,
        counties.max_yuan,
        counties.mad_yuan,
        cast(scoped.compared_yuan as double) as price,
        cast(counties.median_yuan as double) as centre,
        row_number() over (
            partition by scoped.row_key
            order by counties.townships - 1 >= thresholds.least_peers desc, counties.scope asc
        ) as place
    from scoped
    inner join counties
        on
            scoped.scope = counties.scope
            and scoped.scope_key = counties.scope_key
    cross join thresholds
),

scored as (
    select
        placed.* exclude (place),  -- noqa: RF02
        placed.price - placed.centre as distance,
        greatest(
            thresholds.mad_scale * placed.mad_yuan, thresholds.least_spread_share * abs(placed.centre)
        ) as spread,
        thresholds.* exclude (mad_scale, least_spread_share)  -- noqa: RF02
    from placed
    cross join thresholds
    where placed.place = 1
),

judged as (
    select
        *,
        case
            when peers < least_peers then null
            when distance = 0 then 0
            else round(distance / nullif(spread, 0), 4)
        end as robust_score,
        case
            when peers >= least_peers
                then round(greatest(outlier_ratio, 1 + outlier_score * spread / nullif(centre, 0)), 4)
        end as detectable_ratio
    from scored
),

-- The middle of one's own price alone is no comparison.
flagged as (
    select
        row_key,
        scope,
        scope_key,
        peers,
        case when peers > 0 then median_yuan end as median_yuan,
        case when peers > 0 then q1_yuan end as q1_yuan,
        case when peers > 0 then q3_yuan end as q3_yuan,
        case when peers > 0 then min_yuan end as min_yuan,
        case when peers > 0 then max_yuan end as max_yuan,
        case when peers > 0 then mad_yuan end as mad_yuan,
        robust_score,
        detectable_ratio,
        case
            when peers >= least_peers
                then case
                    when robust_score > outlier_score and price >= outlier_ratio * centre then 'high'
                    when robust_score < -outlier_score and price * outlier_ratio <= centre then 'low'
                    else 'normal'
                end
            when peers >= few_peers and price >= few_ratio * centre and centre > 0 then 'few_high'
            when peers >= few_peers and price * few_ratio <= centre then 'few_low'
            else 'too_few_peers'
        end as outlier
    from judged
)

select * from flagged
