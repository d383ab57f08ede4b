-- A standard that all other townships of the county state alike is stated alike by each.
with

filings as (
    select * from staging.stg_filings
),

projects as (
    select * from staging.stg_projects
),

indicators as (
    select * from staging.stg_indicators
),

standards as (
    select
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        indicators.target_raw,
        filings.filer,
        coalesce(indicators.value_low, indicators.value_high) as price,
        hash(
            filings.fiscal_year, coalesce(filings.county, ''), filings.doc_kind, projects.project_category,
            indicators.indicator, indicators.unit_family
        ) as thing_key
    from indicators
    inner join filings
        on indicators.filing_id = filings.filing_id
    inner join projects
        on
            indicators.filing_id = projects.filing_id
            and indicators.project_no = projects.project_no
    where
        filings.is_current
        and indicators.target_kind = 'money'
        and indicators.level2_group = '成本'
        and contains(indicators.unit_family, '/')
        and regexp_matches(indicators.indicator_raw, '标准')
        and regexp_matches(indicators.indicator_raw || projects.project_name, '补贴|补助|津贴|报酬|生均|低保|供养')
),

compared as (
    select
        mine.filing_id,
        mine.project_no,
        mine.indicator_no,
        mine.target_raw,
        mine.price,
        min(others.price) as their_price,
        min(others.target_raw) as their_raw,
        count(distinct others.filer) as townships,
        count(distinct others.price) as their_prices
    from standards as mine
    inner join standards as others
        on
            mine.thing_key = others.thing_key
            and mine.filer <> others.filer
    group by mine.filing_id, mine.project_no, mine.indicator_no, mine.target_raw, mine.price
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        '为“' || target_raw || '”，其他' || townships || '个乡镇均为“' || their_raw || '”' as figures,
        cast(price - their_price as decimal(24, 6)) as difference,
        target_raw as evidence
    from compared
    where
        townships >= 3
        and their_prices = 1
        and price <> their_price
)

select * from offending
