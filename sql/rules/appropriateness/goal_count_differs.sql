-- The length or area that a goal names is that of the one indicator that measures it.
with

objectives as (
    select * from staging.stg_objectives
),

indicators as (
    select * from staging.stg_indicators
),

named as (
    select
        filing_id,
        project_no,
        objective_text,
        [
            substr(objective_text, cast(i as integer), 2)
            for i in range(1, length(objective_text))
            if not regexp_matches(substr(objective_text, cast(i as integer), 2), '[^一-龥]|公里|村庄|村内|完成')
        ] as pairs,
        try_cast(regexp_extract(objective_text, '\d+(?:\.\d+)?') as decimal(18, 4)) as said,
        regexp_extract(objective_text, '\d\s*(公里|千米|米|平方米|亩|公顷)', 1) as said_unit
    from objectives
    where regexp_matches(objective_text, '^[^\d]*\d+(?:\.\d+)?\s*(?:公里|千米|米|平方米|亩|公顷)[^\d]*$')
),

measured as (
    select
        *,
        coalesce(value_low, value_high) as value,
        [substr(indicator_raw, cast(i as integer), 2) for i in range(1, length(indicator_raw))] as pairs,
        count(*) over (partition by filing_id, project_no, unit) as rows_of_unit
    from indicators
    where
        target_kind = 'quantity'
        and level2_group = '数量'
),

-- The same unit, the only indicator in it, and two characters of its name in the goal.
paired as (
    select
        named.*,
        measured.indicator_no,
        measured.indicator_raw,
        measured.target_raw,
        measured.value
    from named
    inner join measured
        on
            named.filing_id = measured.filing_id
            and named.project_no = measured.project_no
            and named.said_unit = measured.unit
    where
        measured.rows_of_unit = 1
        and list_has_any(named.pairs, measured.pairs)
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        '绩效目标写“' || objective_text || '”，指标值为“' || target_raw || '”，不一致' as figures,
        cast(value - said as decimal(24, 6)) as difference,
        objective_text as evidence
    from paired
    where value <> said
)

select * from offending
