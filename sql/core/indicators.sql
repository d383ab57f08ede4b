-- One row per indicator of a project, as stored; is_held says that it takes no part in comparisons.
with

indicators as (
    select * from staging.stg_indicators
),

held as (
    select * from intermediate.int_records__held
),

marked as (
    select
        indicators.*,
        held.filing_id is not null as is_held,
        held.held_reason
    from indicators
    left join held
        on
            indicators.filing_id = held.filing_id
            and indicators.project_no = held.project_no
            and indicators.indicator_no = held.indicator_no
)

select * from marked
order by filing_id, project_no, indicator_no
