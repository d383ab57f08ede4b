-- Each indicator has a target.
with

indicators as (
    select * from staging.stg_indicators
),

-- Only the rows of projects with an empty target are put in order.
empty as (
    select distinct
        filing_id,
        project_no
    from indicators
    where target_raw is null or regexp_full_match(target_raw, '[\s/\\.…·。—_×xX*＊\-－]*')
),

followed as (
    select
        indicators.*,
        lead(indicators.indicator_raw) over (
            partition by indicators.filing_id, indicators.project_no
            order by indicators.indicator_no
        ) as next_raw
    from indicators
    semi join empty
        on
            indicators.filing_id = empty.filing_id
            and indicators.project_no = empty.project_no
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        coalesce('指标值“' || nullif(trim(target_raw), '') || '”', '空白') as figures,
        cast(null as decimal(24, 6)) as difference,
        coalesce(level2 || '：', '') || indicator_raw as evidence
    from followed
    where
        (target_raw is null or regexp_full_match(target_raw, '[\s/\\.…·。—_×xX*＊\-－]*'))
        -- A parent row, whose targets stand in the rows of its parts below ("其中：…"), needs none.
        and not (coalesce(next_raw, '') like '其中%' or coalesce(next_raw, '') like '★其中%')
)

select * from offending
