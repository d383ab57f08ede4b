-- The lower end of a range stands before the upper one, and at least (≥) so much is no more than at most (≤).
with

indicators as (
    select * from staging.stg_indicators
),

ends as (
    select
        *,
        regexp_extract(
            regexp_replace(target_raw, '\s', '', 'g'),
            '^(\d+(?:\.\d+)?)(?:[%％]|[^\d\-－–—~～至到]{0,3})(?:-|－|–|—|~|～|至|到)(\d+(?:\.\d+)?)([%％]|[^\d\-－]{1,4})?$',
            ['low', 'high', 'unit']
        ) as range_ends
    from indicators
    where
        target_raw is not null
        and coalesce(target_kind, '') <> 'date'
),

bounds as (
    select
        *,
        regexp_extract(
            regexp_replace(target_raw, '\s', '', 'g'),
            '^(?:≥|>=|＞|>|不低于|不少于)(\d+(?:\.\d+)?)([^\d≥≤<>＜＞，,]{0,4}?)'
            || '(?:且|并且|，|,|、)(?:≤|<=|＜|<|不高于|不超过)(\d+(?:\.\d+)?)[^\d]{0,4}$',
            ['low', 'unit', 'high']
        ) as bound_ends
    from indicators
    where target_raw is not null
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        target_raw as figures,
        cast(try_cast(bound_ends['high'] as double) - try_cast(bound_ends['low'] as double) as decimal(24, 6))
            as difference,
        indicator_raw as evidence
    from bounds
    where try_cast(bound_ends['low'] as double) > try_cast(bound_ends['high'] as double)
    union all
    select
        filing_id,
        project_no,
        indicator_no,
        target_raw as figures,
        cast(try_cast(range_ends['high'] as double) - try_cast(range_ends['low'] as double) as decimal(24, 6))
            as difference,
        indicator_raw as evidence
    from ends
    where try_cast(range_ends['low'] as double) > try_cast(range_ends['high'] as double)
    -- 2024-12 is a month.
    and try_cast(range_ends['low'] as double) < 1900
)

select * from offending
