-- Each indicator has a target.
with

indicators as (
    select * from core.indicators
),

followed as (
    select
        *,
        lead(indicator_raw) over (partition by filing_id, project_no order by indicator_no) as next_raw
    from indicators
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        '指标值“' || coalesce(trim(target_raw), '') || '”' as figures,
        cast(null as decimal(24, 6)) as difference,
        coalesce(level2 || '：', '') || indicator_raw as evidence
    from followed
    where
        (target_raw is null or regexp_full_match(target_raw, '[\s/\\.…·。—_×xX*＊\-－]*'))
        -- A parent row, whose targets stand in the rows of its parts below ("其中：…"), needs none.
        and not (coalesce(next_raw, '') like '其中%' or coalesce(next_raw, '') like '★其中%')
)

select * from offending
