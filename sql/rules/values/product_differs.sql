-- So many in each, times the number of these, are all of them.
with

indicators as (
    select * from staging.stg_indicators
),

counted as (
    select
        *,
        coalesce(value_low, value_high) as value,
        count(*) over (partition by filing_id, project_no, unit) as rows_of_unit
    from indicators
    where
        target_kind = 'quantity'
        and comparator = '='
        and coalesce(value_low, value_high) > 0
        and level2_group = '数量'
),

paired as (
    select
        each.filing_id,
        each.project_no,
        total.indicator_no,
        each.indicator_raw || '“' || each.target_raw || '”×' || holders.indicator_raw || '“' || holders.target_raw
        || '”＝' || regexp_replace(cast(each.value * holders.value as varchar), '\.?0+$', '') || total.unit as product,
        total.indicator_raw || '“' || total.target_raw || '”' as total_text,
        total.value - each.value * holders.value as difference,
        total.value,
        total.target_raw
    from counted as each
    inner join counted as holders
        on
            each.filing_id = holders.filing_id
            and each.project_no = holders.project_no
            and split_part(each.unit, '/', 2) = holders.unit
    inner join counted as total
        on
            each.filing_id = total.filing_id
            and each.project_no = total.project_no
            and split_part(each.unit, '/', 1) = total.unit
    where
        contains(each.unit, '/')
        and each.rows_of_unit = 1
        and holders.rows_of_unit = 1
        and total.rows_of_unit = 1
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        product || '，' || total_text as figures,
        cast(difference as decimal(24, 6)) as difference,
        target_raw as evidence
    from paired
    where abs(difference) > 0.01 * value
)

select * from offending
