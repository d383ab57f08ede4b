-- Where somebody was killed or hurt, or an accident happened, though none was to, there are no full marks.
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
        and outcomes.target_value = 0
        and outcomes.actual_value > 0
        and outcomes.polarity = 'lower'
        and regexp_matches(indicators.indicator_raw, '伤亡|死亡|亡人|重伤|受伤|溺水|溺亡|遇难|中毒|事故')
)

select * from offending
