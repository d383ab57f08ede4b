-- One row per year, kind of filing and township: when it was due, and by how many days it came late.
with

expected as (
    select * from intermediate.int_filings__expected
),

deadlines as (
    select * from staging.stg_deadlines
),

dated as (
    select
        expected.*,
        deadlines.due_on,
        -- Received times are UTC; the day that counts is the county's (UTC+8, no summer time).
        greatest(
            date_diff('day', deadlines.due_on, cast(expected.first_received_at + interval 8 hours as date)), 0
        ) as late_by
    from expected
    left join deadlines
        on
            expected.fiscal_year = deadlines.fiscal_year
            and expected.doc_kind = deadlines.doc_kind
)

select * from dated
