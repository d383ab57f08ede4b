-- One row per project or indicator (both null: filing) whose value the reader may have read wrongly: an open doubt that
-- holds, save for what was read as it was filed. No sentence rests on it.
with

doubts as (
    select * from staging.stg_doubts
),

reasons as (
    select * from staging.stg_doubt_reasons
),

doubted as (
    select distinct
        doubts.filing_id,
        doubts.project_no,
        doubts.indicator_no
    from doubts
    inner join reasons
        on doubts.reason = reasons.reason
    where
        doubts.decision = 'open'
        and reasons.holds
        and not reasons.is_filed
)

select * from doubted
