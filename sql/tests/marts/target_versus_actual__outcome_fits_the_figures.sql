-- What met its target reached it, and what did not fell short.
with

actuals as (
    select * from mart.target_versus_actual
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        comparator,
        target_value,
        actual_value,
        outcome
    from actuals
    where
        (comparator = '>=' and outcome = 'met' and actual_value < target_value)
        or (comparator = '>=' and outcome = 'not_met' and actual_value >= target_value)
        or (comparator = '<=' and outcome = 'met' and actual_value > target_value)
        or (comparator = '<=' and outcome = 'not_met' and actual_value <= target_value)
        or (outcome = 'no_actual' and trim(actual_raw) != '')
)

select * from offending
