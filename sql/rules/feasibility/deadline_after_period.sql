-- Work is done within the project's own period, give or take fifteen days (days_band).
with

indicators as (
    select * from staging.stg_indicators
),

periods as (
    select * from intermediate.int_projects__periods
),

offending as (
    select
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        '指标值“' || indicators.target_raw || '”' || case
            when indicators.due_date > periods.ends_on then '晚于'
            else '早于'
        end || '实施期限“' || periods.said || '”' as figures,
        cast(null as decimal(24, 6)) as difference,
        indicators.target_raw as evidence
    from indicators
    inner join periods
        on
            indicators.filing_id = periods.filing_id
            and indicators.project_no = periods.project_no
    where
        indicators.level2_group = '时效'
        and periods.begins_on <= periods.ends_on
        -- Acceptance, payment and the reckoning come after the work.
        and not regexp_matches(indicators.indicator_raw, '验收|支付|拨付|结算|决算|审计|评价|报销|归档|总结|移交')
        and (
            date_diff('day', periods.ends_on, indicators.due_date) > 15
            or (
                date_diff('day', indicators.due_date, periods.begins_on) > 15
                and regexp_matches(indicators.indicator_raw, '完工|竣工|完成|发放|开工')
            )
        )
)

select * from offending
