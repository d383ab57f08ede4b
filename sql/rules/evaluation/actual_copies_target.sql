-- Results are results: they do not repeat the targets with their signs.
with

indicators as (
    select * from staging.stg_indicators
),

copied as (
    select *
    from indicators
    where
        regexp_replace(actual_raw, '\s', '', 'g') = regexp_replace(target_raw, '\s', '', 'g')
        and comparator in ('>=', '>', '<=', '<')
        and target_kind in ('percent', 'quantity', 'money')
),

-- One cause, one finding: how many, and the first three.
offending as (
    select
        filing_id,
        cast(null as integer) as project_no,
        cast(null as integer) as indicator_no,
        count(*) || '条指标' as figures,
        cast(count(*) as decimal(24, 6)) as difference,
        array_to_string(
            list(indicator_raw || '“' || actual_raw || '”' order by project_no, indicator_no)[1:3], '、'
        ) as evidence
    from copied
    group by filing_id
)

select * from offending
