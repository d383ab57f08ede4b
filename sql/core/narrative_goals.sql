-- One row per goal or safeguard of a filing's text part.
with

stored as (
    select
        filing_id,
        section,
        goal_no,
        title,
        goal_text,
        indicator_text,
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
        target_notes,
        page,
        table_no,
        row_no
    from staging.stg_narrative_goals
)

select * from stored
