-- One row per indicator of a current filing (the plan's, where both kinds were filed).
with

targets as (
    select *
    from intermediate.int_targets__directed
    where is_plan
),

townships as (
    select * from intermediate.int_targets__by_township
),

counties as (
    select * from intermediate.int_targets__by_county
),

texts as (
    select * from intermediate.int_target_texts__by_county
),

standards as (
    select * from intermediate.int_standards__current
),

qualitative as (
    select
        fiscal_year,
        township_key,
        round(100.0 * count(*) filter (where is_qualitative) / count(*), 4) as qualitative_pct
    from targets
    group by fiscal_year, township_key
),

joined as (
    select
        targets.*,
        counties.townships - 1 as peers,
        counties.median_value,
        counties.min_value,
        counties.max_value,
        townships.strictness_rank,
        standards.standard_value,
        standards.comparator as standard_comparator,
        standards.source as standard_source,
        texts.common_target,
        texts.common_target_townships,
        qualitative.qualitative_pct,
        cast(
            case targets.direction when 'higher' then 1 when 'lower' then -1 end
            * (targets.value - counties.median_value) as decimal(24, 6)
        ) as strictness_distance,
        cast(
            case standards.comparator when '<=' then -1 else 1 end
            * (targets.value - standards.standard_value) as decimal(24, 6)
        ) as distance_to_standard
    from targets
    inner join qualitative
        on
            (targets.fiscal_year is not distinct from qualitative.fiscal_year)
            and targets.township_key = qualitative.township_key
    left join townships
        on
            targets.target_key = townships.target_key
            and targets.township_key = townships.township_key
            and targets.value is not null
    left join counties
        on
            targets.target_key = counties.target_key
            and targets.value is not null
    left join texts
        on targets.year_name_key = texts.year_name_key
    left join standards
        on
            (targets.fiscal_year is not distinct from standards.fiscal_year)
            and targets.level2_group = standards.level2_group
            and targets.indicator = standards.indicator
            and targets.unit_family = coalesce(standards.unit_family, targets.unit_family)
),

compared as (
    select
        fiscal_year,
        county,
        township,
        unit_code,
        unit_name,
        doc_kind,
        project_code,
        project_name,
        project_category,
        level1,
        level2_group,
        indicator,
        indicator_raw,
        unit_family,
        target_raw,
        target_kind,
        is_qualitative,
        comparator,
        value,
        case when value is not null then value_unit end as value_unit,
        due_date,
        grade,
        direction,
        direction_source,
        peers,
        median_value as county_median,
        min_value as county_min,
        max_value as county_max,
        strictness_distance,
        case
            when value is null then 'not_comparable'
            when peers = 0 then 'alone'
            when strictness_distance > 0 then 'stricter'
            when strictness_distance < 0 then 'looser'
            else 'same'
        end as strictness,
        strictness_rank,
        standard_value,
        standard_comparator,
        standard_source,
        distance_to_standard,
        case standard_comparator
            when '=' then value = standard_value
            else distance_to_standard >= 0
        end as meets_standard,
        common_target,
        common_target_townships,
        qualitative_pct as township_qualitative_pct,
        filing_id,
        project_no,
        indicator_no,
        file_name,
        page,
        table_no,
        row_no
    from joined
)

select * from compared
order by fiscal_year, county, township, filing_id, project_no, indicator_no
