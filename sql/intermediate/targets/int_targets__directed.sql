-- One row per compared indicator, with the figure that is compared, on the side that its polarity asks for.
-- A view: each reader needs a few of its many columns, which are quicker joined again than copied.
with

indicators as (
    select * from intermediate.int_indicators__compared
),

graded as (
    select
        *,
        case
            when target_kind <> 'grade' then null
            when regexp_matches(grade, '优良') then 3.5
            when regexp_matches(grade, '优') then 4
            when regexp_matches(grade, '良|好') then 3
            when regexp_matches(grade, '合格|达标|中|及格') then 2
            when regexp_matches(grade, '差|低') then 1
        end as grade_rank
    from indicators
),

figured as (
    select
        *,
        case
            when target_kind = 'grade' then cast(grade_rank as decimal(24, 6))
            when polarity = 'lower' then coalesce(high, low)
            else coalesce(low, high)
        end as value,
        -- A sign that contradicts the meaning is a fault of its own, and no target to be compared.
        coalesce(
            (polarity = 'higher' and comparator in ('<=', '<')) or (polarity = 'lower' and comparator in ('>=', '>')),
            false
        ) as is_contradictory,
        hash(fiscal_year, county_key, project_category, name_key) as year_name_key
    from graded
)

select * from figured
