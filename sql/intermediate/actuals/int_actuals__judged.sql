-- One row per indicator of a current self-evaluation: its target, what was reached, and whether that is enough.
with

targets as (
    select *
    from intermediate.int_targets__directed
    where doc_kind = 'self_evaluation'
),

indicators as (
    select * from staging.stg_indicators
),

outcomes as (
    select * from intermediate.int_actuals__met
),

joined as (
    select
        targets.*,
        indicators.actual_raw,
        indicators.actual_due_date,
        indicators.actual_grade,
        indicators.actual_kind,
        indicators.weight,
        indicators.score,
        indicators.deviation_reason,
        outcomes.target_value,
        outcomes.actual_value,
        outcomes.is_blank,
        outcomes.is_met,
        outcomes.achieved_pct
    from targets
    inner join indicators
        on
            targets.filing_id = indicators.filing_id
            and targets.project_no = indicators.project_no
            and targets.indicator_no = indicators.indicator_no
    inner join outcomes
        on
            targets.filing_id = outcomes.filing_id
            and targets.project_no = outcomes.project_no
            and targets.indicator_no = outcomes.indicator_no
),

concluded as (
    select
        *,
        case
            when is_blank then 'no_actual'
            when is_met and polarity in ('higher', 'size') and achieved_pct > 130 then 'far_exceeded'
            when is_met then 'met'
            when not is_met then 'not_met'
            else 'unclear'
        end as outcome
    from joined
)

select * from concluded
