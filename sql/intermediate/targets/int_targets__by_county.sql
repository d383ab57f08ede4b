-- One row per year, indicator and direction: how the townships' targets lie.
with

townships as (
    select * from intermediate.int_targets__by_township
),

grouped as (
    select
        target_key,
        count(*) as townships,
        cast(median(township_value) as decimal(24, 6)) as median_value,
        cast(min(township_value) as decimal(24, 6)) as min_value,
        cast(max(township_value) as decimal(24, 6)) as max_value
    from townships
    group by target_key
)

select * from grouped
