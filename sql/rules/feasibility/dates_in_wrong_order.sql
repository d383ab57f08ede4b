-- Work begins before it ends.
with

indicators as (
    select * from staging.stg_indicators
),

dated as (
    select
        *,
        regexp_matches(indicator_raw, '^(?:项目|工程|施工)?(?:开工|开始|启动|动工|进场)(?:时间|日期|时限)?$') as is_start,
        regexp_matches(indicator_raw, '^(?:项目|工程|施工)?(?:完工|竣工|完成|结束|验收)(?:时间|日期|时限)?$') as is_end
    from indicators
    where due_date is not null
),

-- Of several stages nobody can tell which beginning belongs to which end.
staged as (
    select
        filing_id,
        project_no,
        min(due_date) filter (where is_start) as begins_on,
        min(due_date) filter (where is_end) as ends_on,
        min(indicator_no) filter (where is_start) as indicator_no,
        min(indicator_raw || '“' || target_raw || '”') filter (where is_start) as start_text,
        min(indicator_raw || '“' || target_raw || '”') filter (where is_end) as end_text
    from dated
    group by filing_id, project_no
    having
        count(*) filter (where is_start) = 1
        and count(*) filter (where is_end) = 1
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        start_text || '晚于' || end_text as figures,
        cast(null as decimal(24, 6)) as difference,
        start_text || '；' || end_text as evidence
    from staged
    where begins_on > ends_on
)

select * from offending
