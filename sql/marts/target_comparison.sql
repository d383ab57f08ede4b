-- One row per indicator of a current filing (the plan's, where both kinds were filed).
with

targets as (
    select *
    from intermediate.int_targets__directed
    where is_plan
),

judged as (
    select * from intermediate.int_targets__judged
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
        judged.scope,
        judged.measure,
        judged.compared_value,
        judged.peers,
        judged.median_value,
        judged.min_value,
        judged.max_value,
        judged.distance,
        judged.strictness_score,
        judged.strictness_rank,
        coalesce(
            judged.strictness,
            case
                when targets.is_held then 'held'
                when targets.is_contradictory then 'contradictory'
                else 'not_comparable'
            end
        ) as strictness,
        standards.standard_value,
        standards.comparator as standard_comparator,
        standards.source as standard_source,
        texts.common_target,
        texts.common_target_townships,
        qualitative.qualitative_pct,
        cast(
            case standards.comparator when '<=' then -1 else 1 end
            * (targets.value - standards.standard_value) as decimal(24, 6)
        ) as distance_to_standard
    from targets
    inner join qualitative
        on
            (targets.fiscal_year is not distinct from qualitative.fiscal_year)
            and targets.township_key = qualitative.township_key
    left join judged
        on targets.row_key = judged.row_key
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
        case when value is not null and target_kind <> 'grade' then value_unit end as value_unit,
        due_date,
        grade,
        polarity,
        polarity_source,
        scope as compared_within,
        case when scope is not null then measure end as denominator,
        round(compared_value, 6) as compared_value,
        peers,
        round(median_value, 6) as county_median,
        round(min_value, 6) as county_min,
        round(max_value, 6) as county_max,
        round(distance, 6) as strictness_distance,
        strictness_score,
        strictness,
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
        is_held,
        held_reason,
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
