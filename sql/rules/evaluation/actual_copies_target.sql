-- A result is a result: it does not repeat the target with its sign.
with

indicators as (
    select * from staging.stg_indicators
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        '实际完成值“' || actual_raw || '”' as figures,
        cast(null as decimal(24, 6)) as difference,
        indicator_raw as evidence
    from indicators
    where
        regexp_replace(actual_raw, '\s', '', 'g') = regexp_replace(target_raw, '\s', '', 'g')
        and comparator in ('>=', '>', '<=', '<')
        and target_kind in ('percent', 'quantity', 'money')
)

select * from offending
