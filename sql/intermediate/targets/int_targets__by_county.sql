-- One row per group of comparable targets and measure: how the townships' targets lie.
with

townships as (
    select * from intermediate.int_targets__by_township
),

thresholds as (
    select * from intermediate.int_thresholds__turned
),

centred as (
    select
        *,
        median(township_value) over (partition by group_key) as centre
    from townships
),

spread as (
    select
        group_key,
        any_value(whole_key) as whole_key,
        any_value(measure) as measure,
        count(*) as townships,
        any_value(centre) as median_value,
        min(township_value) as min_value,
        max(township_value) as max_value,
        median(abs(township_value - centre)) as mad_value
    from centred
    group by group_key
),

shared as (
    select
        spread.*,
        thresholds.mad_scale * spread.mad_value as deviation,
        thresholds.mad_scale * spread.mad_value / nullif(abs(spread.median_value), 0) as spread_share
    from spread
    cross join thresholds
)

select * from shared
