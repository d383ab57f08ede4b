-- One indicator stands under the same level 2 in all projects of a filing.
with

indicators as (
    select * from staging.stg_indicators
),

-- Found by whole numbers, which are grouped several times as fast as texts.
differing as (
    select hash(filing_id, indicator) as indicator_key
    from indicators
    where
        indicator is not null
        and level2_group is not null
    group by indicator_key
    having min(level2_group) <> max(level2_group)
),

counted as (
    select
        indicators.filing_id,
        indicators.indicator,
        indicators.level2_group,
        count(*) as times
    from indicators
    inner join differing
        on hash(indicators.filing_id, indicators.indicator) = differing.indicator_key
    where
        indicators.indicator is not null
        and indicators.level2_group is not null
    group by indicators.filing_id, indicators.indicator, indicators.level2_group
),

usual as (
    select
        filing_id,
        indicator,
        arg_max(level2_group, row(times, level2_group)) as usual_group,
        max(times) as usual_times
    from counted
    group by filing_id, indicator
),

offending as (
    select
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        '本处列在“' || coalesce(indicators.level2, indicators.level2_group) || '”，另有'
        || usual.usual_times || '处列在“' || usual.usual_group || '”' as figures,
        cast(null as decimal(24, 6)) as difference,
        indicators.indicator_raw as evidence
    from indicators
    inner join usual
        on
            indicators.filing_id = usual.filing_id
            and indicators.indicator = usual.indicator
            and indicators.level2_group <> usual.usual_group
)

select * from offending
