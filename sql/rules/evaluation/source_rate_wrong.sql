-- The rate of what was spent of one source is what was spent of it divided by its budget.
with

statements as (
    select * from staging.stg_statements
),

sourced as (
    select
        filing_id,
        project_no,
        label,
        max(stated_yuan) filter (where fact = 'source_executed') as executed_yuan,
        max(said_raw) filter (where fact = 'source_executed') as executed_raw,
        coalesce(
            max(stated_yuan) filter (where fact = 'source_adjusted'), max(stated_yuan) filter (where fact = 'source')
        ) as base_yuan,
        coalesce(
            max(said_raw) filter (where fact = 'source_adjusted'), max(said_raw) filter (where fact = 'source')
        ) as base_raw,
        max(said_raw) filter (where fact = 'source_rate') as rate_raw,
        max(said_value_low) filter (where fact = 'source_rate' and said_kind = 'percent') as stated_pct
    from statements
    where fact in ('source', 'source_adjusted', 'source_executed', 'source_rate')
    group by filing_id, project_no, label
    having
        count(*) filter (where fact = 'source_executed') = 1
        and count(*) filter (where fact = 'source_rate') = 1
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        regexp_replace(label, '其中[:：]?', '') || '：执行数 ' || executed_raw || ' ÷ 预算数 ' || base_raw || ' ＝ '
        || format('{:.2f}', 100 * cast(executed_yuan as double) / cast(base_yuan as double)) || '%，表中执行率为 '
        || rate_raw as figures,
        cast(stated_pct - 100 * executed_yuan / base_yuan as decimal(24, 6)) as difference,
        rate_raw as evidence
    from sourced
    where
        base_yuan > 0
        and abs(stated_pct - 100 * executed_yuan / base_yuan) > 1
)

select * from offending
