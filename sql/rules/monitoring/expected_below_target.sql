-- Where the year is expected to miss its target the form does not say that it will surely be met, and gives a reason.
with

statements as (
    select * from staging.stg_statements
),

indicators as (
    select * from staging.stg_indicators
),

polarities as (
    select * from intermediate.int_indicators__polarity
),

told as (
    select
        filing_id,
        project_no,
        indicator_no,
        max(coalesce(said_base_value_low, said_value_low, said_base_value_high, said_value_high))
        filter (where fact = 'expected') as expected,
        max(said_raw) filter (where fact = 'expected') as expected_raw,
        max(said_unit_family) filter (where fact = 'expected') as expected_unit,
        max(said_due_date) filter (where fact = 'expected' and said_kind = 'date') as expected_on,
        bool_or(fact = 'chance' and regexp_matches(label || said_raw, '确定能|确定可以|能够完成')) as is_sure
    from statements
    where indicator_no is not null
    group by filing_id, project_no, indicator_no
    having count(*) filter (where fact = 'expected') = 1
),

compared as (
    select
        told.*,
        indicators.indicator_raw,
        indicators.target_raw,
        polarities.polarity,
        coalesce(trim(indicators.deviation_reason), '') in ('', '无', '/', '—', '-') as has_no_reason,
        case
            when indicators.target_kind = 'date' then told.expected_on > indicators.due_date
            when (told.expected_unit is distinct from indicators.unit_family) then false
            when polarities.polarity in ('higher', 'size')
                then told.expected < coalesce(indicators.base_value_low, indicators.value_low)
            when polarities.polarity = 'lower'
                then told.expected > coalesce(indicators.base_value_high, indicators.value_high)
        end as is_missed
    from told
    inner join indicators
        on
            told.filing_id = indicators.filing_id
            and told.project_no = indicators.project_no
            and told.indicator_no = indicators.indicator_no
    inner join polarities
        on
            told.filing_id = polarities.filing_id
            and told.project_no = polarities.project_no
            and told.indicator_no = polarities.indicator_no
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        '年度指标值“' || target_raw || '”，全年预计“' || expected_raw || '”，预计达不到' || case
            when is_sure and has_no_reason then '，却选择“确定能”，也没有写原因'
            when is_sure then '，却选择“确定能”'
            else '，没有写原因'
        end as figures,
        cast(null as decimal(24, 6)) as difference,
        expected_raw as evidence
    from compared
    where
        is_missed
        and (is_sure or has_no_reason)
)

select * from offending
