-- A budget and its parts are not less than nothing.
with

projects as (
    select * from staging.stg_projects
),

parts as (
    select
        filing_id,
        project_no,
        project_name,
        unnest([
            { 'label': '预算数', 'yuan': budget_yuan, 'said': budget_raw },
            { 'label': '财政资金', 'yuan': fiscal_yuan, 'said': fiscal_raw },
            { 'label': '上年结转', 'yuan': carryover_yuan, 'said': carryover_raw },
            { 'label': '其他资金', 'yuan': other_yuan, 'said': other_raw },
            { 'label': '执行数', 'yuan': executed_yuan, 'said': executed_raw }
        ]) as part
    from projects
),

offending as (
    select
        parts.filing_id,
        parts.project_no,
        cast(null as integer) as indicator_no,
        part.label || ' ' || coalesce(part.said, format('{:.2f}', cast(part.yuan as double))) as figures,
        cast(part.yuan as decimal(24, 6)) as difference,
        parts.project_name as evidence
    from parts
    where part.yuan < 0
)

select * from offending
