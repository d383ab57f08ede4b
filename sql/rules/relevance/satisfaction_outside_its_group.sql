-- Words of satisfaction stand in satisfaction indicators only.
with

indicators as (
    select * from staging.stg_indicators
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        '“' || coalesce(level2, level1, '（空）') || '”下的“' || indicator_raw || '”' as figures,
        cast(null as decimal(24, 6)) as difference,
        indicator_raw as evidence
    from indicators
    where
        regexp_matches(indicator_raw, '满意[度率]')
        and coalesce(level2_group, '') not in ('满意度', '')
)

select * from offending
