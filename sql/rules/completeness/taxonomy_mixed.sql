-- One document keeps to one taxonomy: cost is a level 2 under output (2015), or a level 1 of its own (2021).
with

indicators as (
    select * from staging.stg_indicators
),

places as (
    select
        filing_id,
        count(*) filter (where level1 similar to '.*(产出|投入).*') as under_output,
        count(*) filter (where level1 like '%成本%') as on_its_own
    from indicators
    where level2_group = '成本'
    group by filing_id
),

offending as (
    select
        filing_id,
        cast(null as integer) as project_no,
        cast(null as integer) as indicator_no,
        '产出指标下' || under_output || '条，一级成本指标下' || on_its_own || '条' as figures,
        cast(null as decimal(24, 6)) as difference,
        cast(null as varchar) as evidence
    from places
    where under_output > 0 and on_its_own > 0
)

select * from offending
