-- A rate that the form itself states for last year is not planned far lower for this one.
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

compared as (
    select
        indicators.*,
        polarities.polarity,
        statements.said_raw as last_raw,
        coalesce(statements.said_value_low, statements.said_value_high) as last_value,
        coalesce(indicators.value_low, indicators.value_high) as this_value
    from statements
    inner join filings
        on statements.filing_id = filings.filing_id
    inner join indicators
        on
            statements.filing_id = indicators.filing_id
            and statements.project_no = indicators.project_no
            and statements.indicator_no = indicators.indicator_no
    inner join polarities
        on
            indicators.filing_id = polarities.filing_id
            and indicators.project_no = polarities.project_no
            and indicators.indicator_no = polarities.indicator_no
    where
        statements.fact = 'last_year'
        and filings.doc_kind = 'targets'
        and indicators.target_kind = 'percent'
        and statements.said_kind = 'percent'
    qualify
        count(*) over (partition by indicators.filing_id, indicators.project_no, indicators.indicator_no) = 1
),

-- Ten points: satisfaction and the like are planned a few points below what was reached.
offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        '上年为“' || last_raw || '”，本年指标值“' || target_raw || '”，' || case
            when polarity = 'lower' then '高于上年'
            else '低于上年'
        end as figures,
        cast(this_value - last_value as decimal(24, 6)) as difference,
        target_raw as evidence
    from compared
    where
        (polarity = 'higher' and last_value - this_value > 10)
        or (polarity = 'lower' and this_value - last_value > 10)
)

select * from offending
