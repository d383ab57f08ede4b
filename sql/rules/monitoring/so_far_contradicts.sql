-- What is done so far is no more than what the year will have done, and is not dated after the months that are told.
with

filings as (
    select * from staging.stg_filings
),

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
        max(coalesce(said_base_value_low, said_value_low)) filter (where fact = 'so_far') as so_far,
        max(said_raw) filter (where fact = 'so_far') as so_far_raw,
        max(label) filter (where fact = 'so_far') as so_far_label,
        max(said_unit_family) filter (where fact = 'so_far') as so_far_unit,
        max(said_due_date) filter (where fact = 'so_far' and said_kind = 'date') as so_far_on,
        max(coalesce(said_base_value_high, said_value_high)) filter (where fact = 'expected') as expected,
        max(said_raw) filter (where fact = 'expected') as expected_raw,
        max(said_unit_family) filter (where fact = 'expected') as expected_unit
    from statements
    where
        indicator_no is not null
        and fact in ('so_far', 'expected')
    group by filing_id, project_no, indicator_no
    having
        count(*) filter (where fact = 'so_far') = 1
        and count(*) filter (where fact = 'expected') <= 1
),

dated as (
    select
        told.*,
        filings.fiscal_year,
        indicators.indicator_raw,
        indicators.target_kind,
        polarities.polarity,
        try_cast(regexp_extract(told.so_far_label, '(\d{1,2})月[^\d]*$', 1) as integer) as last_month
    from told
    inner join filings
        on told.filing_id = filings.filing_id
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
        case
            when so_far > expected then '监控期内已完成“' || so_far_raw || '”，全年预计反而为“' || expected_raw || '”'
            else '“' || so_far_label || '”一栏写“' || so_far_raw || '”，晚于监控期末'
        end as figures,
        cast(so_far - expected as decimal(24, 6)) as difference,
        so_far_raw as evidence
    from dated
    where
        (
            target_kind = 'quantity'
            and polarity in ('higher', 'size')
            and so_far > expected
            and so_far_unit is not distinct from expected_unit
        )
        or (
            last_month between 1 and 12
            and so_far_on > last_day(make_date(fiscal_year, last_month, 1))
            -- What is still to come is said with the word.
            and not regexp_matches(so_far_raw, '预计|计划|拟|将|前|尚|未')
        )
)

select * from offending
