-- Benefit indicators are not all told in grades and words.
with

indicators as (
    select * from staging.stg_indicators
),

counted as (
    select
        filing_id,
        count(*) as benefit_rows,
        count(*) filter (where target_kind in ('grade', 'text')) as worded_rows,
        array_to_string(
            list_sort(list(distinct target_raw) filter (where target_kind in ('grade', 'text')))[1:5], '、'
        ) as words
    from indicators
    where level2_group in ('经济效益', '社会效益', '生态效益', '可持续影响')
    group by filing_id
),

offending as (
    select
        filing_id,
        cast(null as integer) as project_no,
        cast(null as integer) as indicator_no,
        benefit_rows || '条效益指标中有' || worded_rows || '条' as figures,
        cast(worded_rows as decimal(24, 6)) as difference,
        '“' || words || '”' as evidence
    from counted
    where
        benefit_rows >= 3
        and worded_rows >= 0.8 * benefit_rows
)

select * from offending
