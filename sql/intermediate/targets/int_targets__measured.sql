-- One row per group of comparable targets: the measure that it is compared per. The county's own word counts; else that
-- which leaves the townships closest together, of those that all townships of the group have; what does not halve the
-- spread of the bare counts explains nothing.
with

counties as (
    select * from intermediate.int_targets__by_county
),

targets as (
    select * from intermediate.int_targets__comparable
),

denominators as (
    select * from staging.stg_denominators
),

named as (
    select
        targets.category_key as whole_key,
        any_value(coalesce(of_indicator.measure, of_category.measure)) as decided_measure
    from targets
    left join denominators as of_indicator
        on targets.indicator = of_indicator.name
    left join denominators as of_category
        on targets.project_category = of_category.name
    where targets.is_count
    group by targets.category_key
),

complete as (
    select
        counties.*,
        named.decided_measure,
        max(counties.townships) over (partition by counties.whole_key) as all_townships,
        max(counties.spread_share) filter (where counties.measure = '总量') over (partition by counties.whole_key)
            as bare_spread_share
    from counties
    left join named
        on counties.whole_key = named.whole_key
),

ranked as (
    select
        *,
        row_number() over (
            partition by whole_key
            order by
                coalesce(measure = decided_measure, false) desc,
                round(spread_share, 6) asc nulls first,
                case measure when '总量' then 1 when '村' then 2 when '人' then 3 else 4 end asc,
                measure asc
        ) as place
    from complete
    where
        townships = all_townships
        and (
            measure = '总量'
            or coalesce(measure = decided_measure, false)
            or spread_share <= 0.5 * bare_spread_share
        )
),

chosen as (
    select
        * exclude (place, all_townships, decided_measure, bare_spread_share),  -- noqa: RF02
        coalesce(measure = decided_measure, false) as is_decided
    from ranked
    where place = 1
)

select * from chosen
