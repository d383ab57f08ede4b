-- The result does not exceed the target by more than 30 %: then the target was set too low.
with

indicators as (
    select * from staging.stg_indicators
),

outcomes as (
    select * from intermediate.int_actuals__met
),

offending as (
    select
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        '指标值 ' || indicators.target_raw || '，实际完成 ' || indicators.actual_raw || '，为指标值的 '
        || format('{:.0f}', outcomes.achieved_pct) || '%' as figures,
        cast(outcomes.actual_value - outcomes.target_value as decimal(24, 6)) as difference,
        indicators.indicator_raw as evidence
    from indicators
    inner join outcomes
        on
            indicators.filing_id = outcomes.filing_id
            and indicators.project_no = outcomes.project_no
            and indicators.indicator_no = outcomes.indicator_no
    where
        outcomes.is_met
        and outcomes.polarity in ('higher', 'size')
        and outcomes.achieved_pct > 130
        and coalesce(indicators.level2_group, '') <> '成本'
        -- Whoever says why has answered.
        and not regexp_matches(coalesce(indicators.deviation_reason, ''), '[一-龥]{4,}')
)

select * from offending
