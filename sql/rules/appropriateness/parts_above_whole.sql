-- The parts (其中：…) below a count are together no more than it, and none is more by itself.
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
        -- One person is a woman, a party member and poor: such parts overlap, and only the largest is set beside the
        -- whole.
        count(*) = 1 or bool_or(
            unit in ('人', '人次', '户', '户次')
            and regexp_matches(
                indicator_raw,
                '女|党员|独居|空巢|残疾|脱贫|贫困|低保|特困|困难|少数民族|青年|老年|老人|老党员|留守|失能|儿童|退役|军人|群众|学生|务工|返乡'
            )
        ) as is_overlapping,
        sum(value) as sum_value,
        max(value) as most_value,
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

compared as (
    select
        * exclude (said),
        case when is_overlapping then most_value else sum_value end as parts_value,
        said || case when is_overlapping then '，其中项' else '，各部分之和' end as said
    from summed
),

offending as (
    select
        wholes.filing_id,
        wholes.project_no,
        wholes.indicator_no,
        '“' || wholes.indicator_raw || '”为' || wholes.target_raw || '，' || summed.said
        || regexp_replace(cast(summed.parts_value as varchar), '\.?0+$', '') || coalesce(summed.unit, '')
        || '大于总数' as figures,
        cast(summed.parts_value - wholes.value as decimal(24, 6)) as difference,
        summed.said as evidence
    from compared as summed
    inner join placed as wholes
        on
            summed.filing_id = wholes.filing_id
            and summed.project_no = wholes.project_no
            and summed.whole_no = wholes.indicator_no
    where
        summed.units = 1
        and summed.is_whole
        and wholes.unit = summed.unit
        and coalesce(wholes.value_high, wholes.value_low) < summed.parts_value
)

select * from offending
