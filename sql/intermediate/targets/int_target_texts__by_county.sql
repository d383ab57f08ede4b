-- One row per year, county, project category and indicator: the target text that most townships filed, where there is
-- one.
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
        ) as place,
        lead(townships) over (
            partition by year_name_key
            order by townships desc, target_raw asc
        ) as next_townships
    from counted
),

-- What one township wrote, or as many wrote something else, is not common.
commonest as (
    select
        year_name_key,
        target_raw as common_target,
        townships as common_target_townships
    from ranked
    where
        place = 1
        and townships > 1
        and townships > coalesce(next_townships, 0)
)

select * from commonest
