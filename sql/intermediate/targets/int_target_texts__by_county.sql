-- One row per year and indicator: the target text that most townships filed.
with

targets as (
    select
        year_name_key,
        target_raw,
        township_key
    from intermediate.int_targets__directed
    where
        is_plan
        and trim(target_raw) != ''
),

counted as (
    select
        year_name_key,
        target_raw,
        count(distinct township_key) as townships
    from targets
    group by year_name_key, target_raw
),

ranked as (
    select
        *,
        row_number() over (
            partition by year_name_key
            order by townships desc, target_raw asc
        ) as place
    from counted
),

commonest as (
    select
        year_name_key,
        target_raw as common_target,
        townships as common_target_townships
    from ranked
    where place = 1
)

select * from commonest
