-- Points that were lost have a reason.
with

indicators as (
    select * from staging.stg_indicators
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        '得分 ' || score_raw || '，分值 ' || weight_raw as figures,
        cast(score - weight as decimal(24, 6)) as difference,
        indicator_raw as evidence
    from indicators
    where
        score < weight
        and regexp_full_match(coalesce(deviation_reason, ''), '[\s无/\\.…·。—_\-－]*')
)

select * from offending
