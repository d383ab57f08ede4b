-- What is called a rate is a figure, not a grade.
with

indicators as (
    select * from staging.stg_indicators
),

graded as (
    select *
    from indicators
    where
        regexp_matches(regexp_replace(indicator_raw, '\s|[（(][^（()）]*[)）]$', '', 'g'), '(?:率|满意度|百分比|占比)$')
        and target_kind in ('grade', 'text')
        and not regexp_matches(target_raw, '\d|[一二三四五六七八九十百]成')
        and trim(target_raw) <> ''
        and coalesce(level2_group, '') not in ('数量', '成本', '时效')
),

-- One cause, one finding: a name and its grade once in a filing.
offending as (
    select
        filing_id,
        case when count(distinct project_no) = 1 then min(project_no) end as project_no,
        case when count(*) = 1 then min(indicator_no) end as indicator_no,
        '指标值为“' || target_raw || '”（第'
        || array_to_string(list_sort(list(distinct project_no)), '、') || '个项目）' as figures,
        cast(count(*) as decimal(24, 6)) as difference,
        indicator_raw as evidence
    from graded
    group by filing_id, indicator_raw, target_raw
)

select * from offending
