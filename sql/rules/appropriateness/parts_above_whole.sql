-- The parts (其中：…) below a count are together no more than it.
with

indicators as (
    select * from staging.stg_indicators
),

marked as (
    select
        *,
        coalesce(value_low, value_high) as value,
        regexp_matches(indicator_raw, '^\s*其中') as is_part
    from indicators
),

-- A part belongs to the last row above it that is none.
placed as (
    select
        *,
        max(case when not is_part then indicator_no end) over (
            partition by filing_id, project_no
            order by indicator_no
        ) as whole_no
    from marked
),

summed as (
    select
        filing_id,
        project_no,
        whole_no,
        count(*) as parts,
        sum(value) as parts_value,
        any_value(unit) as unit,
        count(distinct unit) as units,
        bool_and(
            value is not null
            and target_kind = 'quantity'
            and coalesce(comparator, '=') not in ('<=', '<')
        ) as is_whole,
        string_agg(indicator_raw || target_raw, '、' order by indicator_no) as said
    from placed
    where is_part
    group by filing_id, project_no, whole_no
),

offending as (
    select
        wholes.filing_id,
        wholes.project_no,
        wholes.indicator_no,
        '“' || wholes.indicator_raw || '”为' || wholes.target_raw || '，' || summed.said || '，各部分之和'
        || regexp_replace(cast(summed.parts_value as varchar), '\.?0+$', '') || coalesce(summed.unit, '')
        || '大于总数' as figures,
        cast(summed.parts_value - wholes.value as decimal(24, 6)) as difference,
        summed.said as evidence
    from summed
    inner join placed as wholes
        on
            summed.filing_id = wholes.filing_id
            and summed.project_no = wholes.project_no
            and summed.whole_no = wholes.indicator_no
    where
        summed.parts > 1
        and summed.units = 1
        and summed.is_whole
        and wholes.unit = summed.unit
        and coalesce(wholes.value_high, wholes.value_low) < summed.parts_value
)

select * from offending
