-- One row per group of comparable targets, measure and township: the middle one of its targets, and its rank (1 is the
-- strictest; of what is only more or less, the most).
with

targets as (
    select * from intermediate.int_targets__scaled
),

grouped as (
    select
        group_key,
        township_key,
        any_value(whole_key) as whole_key,
        any_value(measure) as measure,
        any_value(polarity) as polarity,
        -- One that was filed, not the mean of two.
        quantile_disc(value, 0.5) as township_value
    from targets
    group by group_key, township_key
),

ranked as (
    select
        *,
        rank() over (
            partition by group_key
            order by case polarity when 'lower' then township_value else -township_value end
        ) as strictness_rank
    from grouped
)

select * from ranked
