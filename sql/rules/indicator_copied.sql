-- No indicator stands with one target in three or more projects of a filing (deadlines apart: they end with the year).
with

indicators as (
    select * from core.indicators
),

projects as (
    select * from core.projects
),

totals as (
    select
        filing_id,
        count(*) as project_count
    from projects
    group by filing_id
),

compared as (
    select
        filing_id,
        level2_group,
        coalesce(indicator, indicator_raw) as indicator,
        regexp_replace(target_raw, '\s', '', 'g') as target,
        count(distinct project_no) as times,
        array_to_string(list_sort(list(distinct project_no)), '、') as project_nos
    from indicators
    where
        coalesce(target_raw, '') <> ''
        and coalesce(level2_group, '') not in ('时效', '')
    group by all
),

offending as (
    select
        compared.filing_id,
        cast(null as integer) as project_no,
        cast(null as integer) as indicator_no,
        totals.project_count || '个项目中有' || compared.times || '个' as figures,
        cast(compared.times as decimal(24, 6)) as difference,
        compared.indicator || '：' || compared.target || '（第' || compared.project_nos || '个项目）' as evidence
    from compared
    inner join totals
        on compared.filing_id = totals.filing_id
    where compared.times >= 3
)

select * from offending
