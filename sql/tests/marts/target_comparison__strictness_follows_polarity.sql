-- Above the median is stricter where higher is good, and looser where lower is; what nobody knows the polarity of, and
-- what has too few peers, gets no verdict.
with

targets as (
    select * from mart.target_comparison
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        compared_value,
        county_median,
        polarity,
        strictness
    from targets
    where
        (strictness = 'stricter' and (compared_value > county_median) != (polarity = 'higher'))
        or (strictness = 'looser' and (compared_value < county_median) != (polarity = 'higher'))
        or (strictness in ('stricter', 'looser') and polarity not in ('higher', 'lower'))
        or (strictness in ('more', 'less') and polarity != 'size')
        or (strictness = 'deviates' and polarity != 'fixed')
        or (strictness in ('stricter', 'looser', 'more', 'less', 'deviates') and peers < 5)
        or (strictness in ('stricter', 'looser', 'more', 'less', 'deviates', 'normal') and compared_value is null)
)

select * from offending
