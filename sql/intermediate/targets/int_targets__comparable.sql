-- One row per indicator of a plan whose figure may be compared with other townships', with the group that it belongs to
-- inside its project category and, where the meaning does not depend on the project, across all categories.
with

targets as (
    select * from intermediate.int_targets__directed
),

figured as (
    select
        row_key,
        township_key,
        county_key,
        fiscal_year,
        township,
        project_category,
        indicator,
        indicator_raw,
        level2_group,
        unit_family,
        target_kind,
        polarity,
        budget_yuan,
        is_prior,
        indicator_key,
        target_kind = 'quantity' and polarity = 'size' as is_count,
        -- How often something is done does not follow the size of the township.
        regexp_matches(indicator_raw, '(?:次|次数|场次|场数|期数|批次|频次|频率)(?:[(（][^)）]*[)）])?$') as is_activity,
        cast(value * times_a_year as double) as value
    from targets
    where
        is_plan
        and not is_held
        and not is_contradictory
        and not coalesce(is_change, false)
        and value is not null
        and polarity in ('higher', 'lower', 'fixed', 'size')
        and target_kind in ('percent', 'quantity', 'number', 'money', 'grade')
        -- A total is no unit price, and follows the size of its project.
        and not (target_kind = 'money' and (per_what is null or polarity = 'size'))
),

keyed as (
    select
        *,
        hash(fiscal_year, county_key, indicator_key, target_kind, polarity, is_prior, project_category)
            as category_key,
        -- What people are satisfied with, and what is counted, is that of the project.
        case
            when level2_group = '满意度' or is_count then null
            else hash(fiscal_year, county_key, indicator_key, target_kind, polarity, is_prior)
        end as county_wide_key
    from figured
)

select * from keyed
