-- One row per indicator and family: which way is stricter, as most comparators filed for it say.
with

indicators as (
    select * from intermediate.int_indicators__compared
),

counted as (
    select
        level2_group,
        indicator,
        unit_family,
        count(*) filter (where own_direction = 'higher') as higher_rows,
        count(*) filter (where own_direction = 'lower') as lower_rows
    from indicators
    group by level2_group, indicator, unit_family
),

decided as (
    select
        level2_group,
        indicator,
        unit_family,
        case when higher_rows > lower_rows then 'higher' when lower_rows > higher_rows then 'lower' end as direction
    from counted
)

select * from decided
