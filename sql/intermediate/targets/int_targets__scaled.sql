-- One row per comparable target, scope (category, county) and measure that it may be compared per: counts per village,
-- per head, per yuan of the budget and per whatever the county gives the sizes of; all others as they are (总量).
with

targets as (
    select * from intermediate.int_targets__comparable
),

townships as (
    select * from staging.stg_townships
),

sizes as (
    select * from staging.stg_sizes
),

measures as (
    select
        township,
        '村' as measure,
        cast(villages as double) as amount
    from townships
    where villages > 0
    union all
    select
        township,
        '人' as measure,
        cast(population as double) as amount
    from townships
    where population > 0
    union all
    select
        township,
        measure,
        cast(amount as double) as amount
    from sizes
),

scaled as (
    select
        row_key,
        category_key,
        county_wide_key,
        township_key,
        polarity,
        '总量' as measure,
        value
    from targets
    union all by name
    select
        row_key,
        category_key,
        county_wide_key,
        township_key,
        polarity,
        '元' as measure,
        value / cast(budget_yuan as double) as value
    from targets
    where
        is_count
        and not is_activity
        and budget_yuan > 0
    union all by name
    select
        targets.row_key,
        targets.category_key,
        targets.county_wide_key,
        targets.township_key,
        targets.polarity,
        measures.measure,
        targets.value / measures.amount as value
    from targets
    inner join measures
        on targets.township = measures.township
    where
        targets.is_count
        and not targets.is_activity
),

scoped as (
    select
        'category' as scope,
        row_key,
        township_key,
        polarity,
        measure,
        value,
        hash(category_key, measure) as group_key,
        category_key as whole_key
    from scaled
    union all
    select
        'county' as scope,
        row_key,
        township_key,
        polarity,
        measure,
        value,
        hash(county_wide_key, measure) as group_key,
        county_wide_key as whole_key
    from scaled
    where county_wide_key is not null
)

select * from scoped
