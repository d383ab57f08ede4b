-- One row per indicator with a yuan value of a plan that counts: its price, and whether it is a cap or a fixed price.
with

indicators as (
    select * from intermediate.int_indicators__compared
),

priced as (
    select
        *,
        cast(coalesce(value_high, value_low) as decimal(18, 2)) as value_yuan,
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

keyed as (
    select
        *,
        hash(fiscal_year, indicator_key, price_kind) as price_key,
        hash(fiscal_year, indicator_key, price_kind, project_category) as category_price_key
    from priced
)

select * from keyed
