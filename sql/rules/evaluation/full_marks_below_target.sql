-- An indicator that missed its target does not get full marks.
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
        '指标值 ' || indicators.target_raw || '，实际完成 ' || indicators.actual_raw || '，得分 ' || indicators.score_raw
        || '（满分）' as figures,
        cast(outcomes.actual_value - outcomes.target_value as decimal(24, 6)) as difference,
        indicators.indicator_raw as evidence
    from indicators
    inner join outcomes
        on
            indicators.filing_id = outcomes.filing_id
            and indicators.project_no = outcomes.project_no
            and indicators.indicator_no = outcomes.indicator_no
    where
        not outcomes.is_met
        and indicators.weight > 0
        and indicators.score >= indicators.weight
        -- A bare count that is short by less than 5 % may have shrunk with those whom it is for.
        and not (outcomes.polarity = 'size' and outcomes.comparator = '=' and coalesce(outcomes.achieved_pct, 0) >= 95)
)

select * from offending
