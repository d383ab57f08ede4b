-- A name that was mapped by likeness only is confirmed by hand.
with

indicators as (
    select * from staging.stg_indicators
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        '归入“' || indicator || '”，把握 ' || format('{:.0f}', cast(100 * name_confidence as double)) || '%' as figures,
        cast(null as decimal(24, 6)) as difference,
        indicator_raw as evidence
    from indicators
    where name_method = 'fuzzy'
)

select * from offending
