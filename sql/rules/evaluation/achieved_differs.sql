-- What the summary says was achieved is what the table says of it.
with

filings as (
    select * from staging.stg_filings
),

counted as (
    select * from intermediate.int_texts__counted
),

-- One percent: a summary rounds.
offending as (
    select
        counted.filing_id,
        counted.project_no,
        counted.indicator_no,
        '完成情况写“' || counted.piece || '”，实际完成值为“' || counted.actual_raw || '”，不一致' as figures,
        cast(counted.actual_value - counted.said_value as decimal(24, 6)) as difference,
        counted.piece as evidence
    from counted
    inner join filings
        on counted.filing_id = filings.filing_id
    where
        counted.source = 'achieved'
        and filings.doc_kind = 'self_evaluation'
        and counted.is_same_unit
        and counted.actual_comparator not in ('>', '<', '>=', '<=')
        and abs(counted.actual_value - counted.said_value) > 0.01 * greatest(counted.said_value, counted.actual_value)
)

select * from offending
