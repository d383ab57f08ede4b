-- One row per compared indicator, with the direction in which it is stricter and the figure that is compared.
-- A view: each reader needs a few of its many columns, which are quicker joined again than copied.
with

indicators as (
    select * from intermediate.int_indicators__compared
),

directions as (
    select * from intermediate.int_directions__by_indicator
),

directed as (
    select
        indicators.*,
        case
            when indicators.low is null and indicators.high is null then null
            else coalesce(
                indicators.own_direction, directions.direction,
                case indicators.level2_group when '成本' then 'lower' else 'higher' end
            )
        end as direction,
        case
            when indicators.low is null and indicators.high is null then null
            when indicators.own_direction is not null then 'comparator'
            when directions.direction is not null then 'peers'
            else 'group'
        end as direction_source
    from indicators
    inner join directions
        on indicators.indicator_key = directions.indicator_key
),

figured as (
    select
        *,
        case direction
            when 'higher' then coalesce(low, high)
            when 'lower' then coalesce(high, low)
        end as value,
        hash(fiscal_year, indicator_key, direction) as target_key,
        hash(fiscal_year, name_key) as year_name_key
    from directed
)

select * from figured
