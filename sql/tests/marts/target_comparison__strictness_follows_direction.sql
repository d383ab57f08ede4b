-- Above the median is stricter where higher is stricter, and looser where lower is.
with

targets as (
    select * from mart.target_comparison
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        value,
        county_median,
        direction,
        strictness
    from targets
    where
        (strictness = 'stricter' and (value > county_median) != (direction = 'higher'))
        or (strictness = 'looser' and (value < county_median) != (direction = 'higher'))
        or (strictness = 'same' and value != county_median)
        or (strictness = 'not_comparable') != (value is null)
)

select * from offending
