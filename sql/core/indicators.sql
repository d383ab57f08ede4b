-- One row per indicator of a project; sorted by filing_id, project_no, indicator_no.
with

sorted as (
    select
        filing_id,
        project_no,
        indicator_no,
        level1,
        level2,
        level2_group,
        indicator_raw,
        indicator,
        description,
        target_raw,
        target_kind,
        comparator,
        comparator_stated,
        value_low,
        value_high,
        unit,
        base_value_low,
        base_value_high,
        base_unit,
        due_date,
        grade,
        weight,
        basis,
        actual_raw,
        actual_kind,
        actual_comparator,
        actual_comparator_stated,
        actual_value_low,
        actual_value_high,
        actual_unit,
        actual_base_value_low,
        actual_base_value_high,
        actual_base_unit,
        actual_due_date,
        actual_grade,
        unit_family,
        actual_unit_family,
        target_notes,
        actual_notes,
        name_method,
        name_confidence,
        weight_raw,
        score,
        score_raw,
        deviation_reason,
        page,
        table_no,
        row_no
    from staging.stg_indicators
    order by filing_id, project_no, indicator_no
)

select * from sorted
