-- A self-evaluation says of each indicator what was reached, at least of those that it gives points for.
with

filings as (
    select * from staging.stg_filings
),

indicators as (
    select * from staging.stg_indicators
),

told as (
    select
        indicators.*,
        count(indicators.actual_raw) over (partition by indicators.filing_id, indicators.project_no) as told_rows
    from indicators
    inner join filings
        on indicators.filing_id = filings.filing_id
    where filings.doc_kind = 'self_evaluation'
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        '实际完成值没有填写' || case
            when score > 0 then '，却得' || regexp_replace(cast(score as varchar), '\.?0+$', '') || '分'
            else ''
        end as figures,
        cast(null as decimal(24, 6)) as difference,
        target_raw as evidence
    from told
    where
        coalesce(trim(actual_raw), '') in ('', '/', '-', '—', '——')
        and coalesce(trim(target_raw), '') <> ''
        -- A form in which no result was read has no such column, or another one.
        and told_rows >= 2
)

select * from offending
