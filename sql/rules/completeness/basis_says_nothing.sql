-- What a target rests on can be looked up: a document, a plan, earlier years, a standard; that it is needed is none.
with

indicators as (
    select
        *,
        regexp_replace(basis, '\s', '', 'g') as basis_key
    from staging.stg_indicators
    where trim(coalesce(basis, '')) <> ''
),

needed as (
    select
        filing_id,
        count(*) || '条指标的指标值确定依据写“' || min(basis_key) || '”，说明不了指标值怎样确定' as figures,
        count(*) as times,
        min_by(indicator_raw, (project_no, indicator_no)) || '：' || min(basis_key) as evidence
    from indicators
    where regexp_matches(basis_key, '^(?:根据)?(?:实际)?(?:工作|实际|业务)?(?:需要|需求|情况)$')
    group by filing_id
    having count(*) > 1
),

-- The same target of the same name rests on the same.
grouped as (
    select
        filing_id,
        indicator_raw,
        target_raw,
        list_sort(list(distinct basis_key)) as bases
    from indicators
    where target_kind in ('grade', 'text')
    group by filing_id, indicator_raw, target_raw
    having count(distinct basis_key) > 1
),

different as (
    select
        filing_id,
        '同一指标的确定依据不同：' || string_agg(
            '“' || indicator_raw || '”有' || array_to_string(bases, '、'), '；' order by indicator_raw
        ) as figures,
        count(*) as times,
        min(indicator_raw) as evidence
    from grouped
    group by filing_id
),

both_kinds as (
    select * from needed
    union all
    select * from different
),

offending as (
    select
        filing_id,
        cast(null as integer) as project_no,
        cast(null as integer) as indicator_no,
        figures,
        cast(times as decimal(24, 6)) as difference,
        evidence
    from both_kinds
)

select * from offending
