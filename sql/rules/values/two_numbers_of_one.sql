-- One thing that a project counts under two names has one number.
with

indicators as (
    select * from staging.stg_indicators
),

exact as (
    select
        *,
        coalesce(value_low, value_high) as value
    from indicators
    where
        target_kind = 'quantity'
        and comparator = '='
        and level2_group = '数量'
        and indicator is not null
        -- A likeness that waits for the county is no sameness.
        and name_method <> 'fuzzy'
),

offending as (
    select
        later.filing_id,
        later.project_no,
        later.indicator_no,
        '“' || min(earlier.indicator_raw) || '”为“' || min(earlier.target_raw) || '”，“' || later.indicator_raw || '”为“'
        || later.target_raw || '”' as figures,
        cast(min(later.value - earlier.value) as decimal(24, 6)) as difference,
        later.indicator_raw as evidence
    from exact as later
    inner join exact as earlier
        on
            later.filing_id = earlier.filing_id
            and later.project_no = earlier.project_no
            and later.indicator = earlier.indicator
            and later.unit_family = earlier.unit_family
            and later.indicator_no > earlier.indicator_no
            and later.indicator_raw <> earlier.indicator_raw
            and later.value <> earlier.value
    -- Explanations that differ tell two things apart.
    where
        coalesce(later.description, '') = coalesce(earlier.description, '')
        or later.unit_family not in ('count:人', 'count:人次', 'count:次')
    group by later.filing_id, later.project_no, later.indicator_no, later.indicator_raw, later.target_raw
)

select * from offending
