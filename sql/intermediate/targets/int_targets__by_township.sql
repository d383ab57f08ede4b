-- One row per year, indicator, direction and township: the median of its targets, and its rank from the strictest.
with

targets as (
    select *
    from intermediate.int_targets__directed
    where
        is_plan
        and value is not null
),

grouped as (
    select
        target_key,
        township_key,
        any_value(direction) as direction,
        median(cast(value as double)) as township_value
    from targets
    group by target_key, township_key
),

ranked as (
    select
        *,
        rank() over (
            partition by target_key
            order by case direction when 'higher' then -township_value else township_value end
        ) as strictness_rank
    from grouped
)

select * from ranked
