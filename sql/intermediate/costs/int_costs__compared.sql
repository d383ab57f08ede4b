-- One row per indicator with a yuan value of a plan that counts: its price, and whether it is a cap or a fixed price.
-- Prices of a month are told for a year. A fixed subsidy and its cap promise the same, and meet.
with

indicators as (
    select * from intermediate.int_indicators__compared
),

priced as (
    select
        *,
        cast(coalesce(value_high, value_low) as decimal(18, 2)) as value_yuan,
        cast(coalesce(value_high, value_low) * times_a_year as decimal(18, 2)) as compared_yuan,
        case comparator
            when '<=' then 'cap'
            when '<' then 'cap'
            when '>=' then 'floor'
            when '>' then 'floor'
            when 'between' then 'range'
            else 'fixed'
        end as price_kind
    from indicators
    where
        is_plan
        and target_kind = 'money'
        and coalesce(value_high, value_low) is not null
),

kept as (
    select
        *,
        case when polarity = 'fixed' and price_kind in ('cap', 'fixed') then 'promise' else price_kind end as meets_as,
        -- Totals follow their project; what contradicts the meaning is a fault of its own.
        polarity <> 'size'
        and not is_held
        and not coalesce(is_change, false)
        and not (polarity = 'lower' and comparator in ('>=', '>')) as is_comparable
    from priced
),

keyed as (
    select
        * exclude (meets_as),
        hash(fiscal_year, county_key, indicator_key, meets_as, is_prior) as price_key,
        hash(fiscal_year, county_key, indicator_key, meets_as, is_prior, project_category) as category_price_key,
        hash(fiscal_year + 1, county_key, indicator_key, meets_as, is_prior, project_category) as next_year_key
    from kept
)

select * from keyed
