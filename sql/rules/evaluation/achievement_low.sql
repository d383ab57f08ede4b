-- What should be much reaches 80 % of its target (below 60 %: red, below 80 %: yellow), or the form says why not.
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
        '指标值 ' || indicators.target_raw || '，实际完成 ' || indicators.actual_raw || '，完成 '
        || format('{:.0f}', outcomes.achieved_pct) || '%（'
        || case when outcomes.achieved_pct < 60 then '红灯' else '黄灯' end || '）' as figures,
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
        and outcomes.polarity in ('higher', 'size')
        and outcomes.achieved_pct < 80
        and length(regexp_replace(coalesce(indicators.deviation_reason, ''), '[\s无/—－-]', '', 'g')) = 0
        and indicators.level2_group in ('数量', '经济效益', '社会效益', '生态效益', '可持续影响')
        and not (indicators.weight > 0 and coalesce(indicators.score, 0) >= indicators.weight)
)

select * from offending
