-- One row per indicator of a project, as stored, with which way it is good; is_held: it takes no part in comparisons.
with

indicators as (
    select * from staging.stg_indicators
),

filings as (
    select * from staging.stg_filings
),

held as (
    select * from intermediate.int_records__held
),

polarities as (
    select * from intermediate.int_indicators__polarity
),

marked as (
    select
        indicators.*,
        held.filing_id is not null as is_held,
        held.held_reason,
        polarities.polarity,
        polarities.polarity_source,
        filings.fiscal_year,
        filings.township
    from indicators
    inner join filings
        on indicators.filing_id = filings.filing_id
    inner join polarities
        on
            indicators.filing_id = polarities.filing_id
            and indicators.project_no = polarities.project_no
            and indicators.indicator_no = polarities.indicator_no
    left join held
        on
            indicators.filing_id = held.filing_id
            and indicators.project_no = held.project_no
            and indicators.indicator_no = held.indicator_no
)

select * from marked
order by filing_id, project_no, indicator_no
