-- One row per indicator of a current self-evaluation: its target, what was reached, and whether that is enough.
with

targets as (
    select *
    from intermediate.int_targets__directed
    where doc_kind = 'self_evaluation'
),

indicators as (
    select * from staging.stg_indicators
),

joined as (
    select
        targets.*,
        indicators.actual_raw,
        indicators.actual_due_date,
        indicators.actual_grade,
        indicators.actual_kind,
        indicators.weight,
        indicators.score,
        indicators.deviation_reason,
        coalesce(
            indicators.actual_base_value_low, indicators.actual_value_low,
            indicators.actual_base_value_high, indicators.actual_value_high
        ) as any_actual,
        -- A figure without unit is in the target's unit; in another unit it is not comparable.
        indicators.actual_unit_family is null
        or targets.filed_family is null
        or indicators.actual_unit_family = targets.filed_family
        or (targets.target_kind = 'money' and indicators.actual_kind = 'money') as is_same_unit,
        regexp_replace(targets.target_raw, '[\s≥≤＝=]', '', 'g') as bare_target,
        regexp_replace(indicators.actual_raw, '[\s≥≤＝=]', '', 'g') as bare_actual
    from targets
    inner join indicators
        on
            targets.filing_id = indicators.filing_id
            and targets.project_no = indicators.project_no
            and targets.indicator_no = indicators.indicator_no
),

figured as (
    select
        *,
        coalesce(trim(actual_raw), '') = '' as is_blank,
        case comparator when '<=' then high when '<' then high else coalesce(low, high) end as target_value,
        case when is_same_unit then any_actual end as actual_value
    from joined
),

judged as (
    select
        *,
        case
            when is_blank then null
            when target_value is not null and actual_value is not null
                then case
                    when comparator = '>' then actual_value > low
                    when comparator = '<' then actual_value < high
                    when comparator = 'between' then actual_value between low and high
                    when direction = 'lower' then actual_value <= target_value
                    else actual_value >= target_value
                end
            when due_date is not null and actual_due_date is not null then actual_due_date <= due_date
            when bare_actual = bare_target then true
            when regexp_matches(bare_actual, '未|没有|不达|部分|不足|较差') then false
            when regexp_matches(bare_actual, '完成|达到|达标|实现|达成') then true
        end as is_met,
        round(case
            when direction = 'higher' and target_value != 0
                then 100 * cast(actual_value as double) / cast(target_value as double)
            when direction = 'lower' and actual_value != 0
                then 100 * cast(target_value as double) / cast(actual_value as double)
        end, 4) as achieved_pct
    from figured
),

concluded as (
    select
        *,
        case
            when is_blank then 'no_actual'
            when is_met and direction = 'higher' and achieved_pct > 130 then 'far_exceeded'
            when is_met then 'met'
            when not is_met then 'not_met'
            else 'unclear'
        end as outcome
    from judged
)

select * from concluded
