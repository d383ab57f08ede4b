-- One row per doubt: the reader's own, and behind them those that other filings of the same unit give rise to.
with

doubts as (
    select * from staging.stg_doubts
),

between_filings as (
    select * from intermediate.int_doubts__between_filings
),

last_numbers as (
    select
        filing_id,
        max(doubt_no) as last_no
    from doubts
    group by filing_id
),

numbered as (
    select
        between_filings.*,
        cast(
            coalesce(last_numbers.last_no, 0) + row_number() over (
                partition by between_filings.filing_id
                order by between_filings.project_no, between_filings.indicator_no nulls first, between_filings.field
            ) as integer
        ) as doubt_no
    from between_filings
    left join last_numbers
        on between_filings.filing_id = last_numbers.filing_id
),

united as (
    select * from doubts
    union all by name
    select * from numbered
)

select * from united
