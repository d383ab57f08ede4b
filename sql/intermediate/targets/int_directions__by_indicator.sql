-- One row per indicator and family: which way is stricter, as most comparators filed for it say.
with

indicators as (
    select * from intermediate.int_indicators__compared
),

counted as (
    select
        indicator_key,
        count(*) filter (where own_direction = 'higher') as higher_rows,
        count(*) filter (where own_direction = 'lower') as lower_rows
    from indicators
    group by indicator_key
),

decided as (
    select
        indicator_key,
        case when higher_rows > lower_rows then 'higher' when lower_rows > higher_rows then 'lower' end as direction
    from counted
)

select * from decided
