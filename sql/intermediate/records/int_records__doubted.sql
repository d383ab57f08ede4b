-- One row per project or indicator (both null: filing) whose value the reader may have read wrongly: an open doubt that
-- holds, save for what was read as it was filed. No sentence rests on it; one about a sum says nothing of indicators.
with

doubts as (
    select * from intermediate.int_doubts__united
),

reasons as (
    select * from staging.stg_doubt_reasons
),

doubted as (
    select distinct
        doubts.filing_id,
        doubts.project_no,
        doubts.indicator_no,
        regexp_matches(doubts.field, '^(?:budget|fiscal|carryover|other|adjusted|executed)_(?:yuan|raw)$') as is_money
    from doubts
    inner join reasons
        on doubts.reason = reasons.reason
    where
        doubts.decision = 'open'
        and reasons.holds
        and not reasons.is_filed
)

select * from doubted
