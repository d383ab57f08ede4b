-- One row per year and indicator: the target text that most townships filed.
with

targets as (
    select *
    from intermediate.int_indicators__compared
    where
        is_plan
        and trim(target_raw) != ''
),

counted as (
    select
        fiscal_year,
        level2_group,
        indicator,
        target_raw,
        count(distinct coalesce(county, '') || township) as townships
    from targets
    group by fiscal_year, level2_group, indicator, target_raw
),

ranked as (
    select
        *,
        row_number() over (
            partition by fiscal_year, level2_group, indicator
            order by townships desc, target_raw asc
        ) as place
    from counted
),

commonest as (
    select
        fiscal_year,
        level2_group,
        indicator,
        target_raw as common_target,
        townships as common_target_townships
    from ranked
    where place = 1
)

select * from commonest
