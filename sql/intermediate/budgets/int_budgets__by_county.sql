-- One row per year, county, project category and measure: how the townships' current budgets lie; is_chosen marks the
-- measure that they are judged by: the county's own word, else that which leaves the townships closest together.
with

budgets as (
    select * from intermediate.int_budgets__per_measure
),

denominators as (
    select * from staging.stg_denominators
),

thresholds as (
    select * from intermediate.int_thresholds__turned
),

centred as (
    select
        *,
        median(amount) over (partition by category_key, measure) as centre
    from budgets
),

spread as (
    select
        category_key,
        measure,
        any_value(project_category) as project_category,
        count(*) as townships,
        any_value(centre) as median_amount,
        median(abs(amount - centre)) as mad_amount
    from centred
    group by category_key, measure
),

counted as (
    select
        *,
        max(townships) over (partition by category_key) as all_townships
    from spread
),

ranked as (
    select
        counted.*,
        greatest(
            thresholds.mad_scale * counted.mad_amount, thresholds.least_spread_share * counted.median_amount
        ) as deviation,
        row_number() over (
            partition by counted.category_key
            order by
                coalesce(counted.measure = denominators.measure, false) desc,
                counted.townships = counted.all_townships desc,
                round(counted.mad_amount / counted.median_amount, 6) asc,
                case counted.measure when '总量' then 1 when '村' then 2 when '人' then 3 else 4 end asc,
                counted.measure asc
        ) as place
    from counted
    left join denominators
        on counted.project_category = denominators.name
    cross join thresholds
),

chosen as (
    select
        * exclude (place, all_townships),  -- noqa: RF02
        place = 1 as is_chosen
    from ranked
)

select * from chosen
