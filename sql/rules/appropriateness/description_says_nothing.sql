-- What explains an indicator is not its name again, nor what explains another indicator of the project.
with

indicators as (
    select
        *,
        regexp_replace(description, '[\s。，、；]', '', 'g') as description_key,
        regexp_replace(indicator_raw, '[\s。，、；]', '', 'g') as name_key
    from staging.stg_indicators
    where trim(coalesce(description, '')) <> ''
),

shared as (
    select
        filing_id,
        project_no,
        description_key,
        string_agg(indicator_raw, '、' order by indicator_no) as names
    from indicators
    where length(description_key) >= 6
    group by filing_id, project_no, description_key
    having count(distinct name_key) > 1
),

same_for_two as (
    select
        filing_id,
        '第' || array_to_string(list_sort(list(distinct project_no)), '、') || '个项目中，“' || min_by(names, project_no)
        || '”的指标解释相同' as figures,
        count(*) as times,
        min_by(description_key, project_no) as evidence
    from shared
    group by filing_id
    having count(*) > 1
),

name_again as (
    select
        filing_id,
        count(*) || '条指标的解释只是重复指标名称（如“' || min_by(indicator_raw, (project_no, indicator_no)) || '”）'
            as figures,
        count(*) as times,
        min_by(indicator_raw, (project_no, indicator_no)) as evidence
    from indicators
    where description_key = name_key
    group by filing_id
    having count(*) > 1
),

both_kinds as (
    select * from same_for_two
    union all
    select * from name_again
),

offending as (
    select
        filing_id,
        cast(null as integer) as project_no,
        cast(null as integer) as indicator_no,
        figures,
        cast(times as decimal(24, 6)) as difference,
        evidence
    from both_kinds
)

select * from offending
