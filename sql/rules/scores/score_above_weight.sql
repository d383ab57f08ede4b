-- No score is higher than the points there are, or below none.
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
        cast(case when score < 0 then score else score - weight end as decimal(24, 6)) as difference,
        indicator_raw as evidence
    from indicators
    where score > weight or (score < 0 and weight > 0)
)

select * from offending
