-- The same money is not written once in yuan and once in 万元 under the same unit (a factor of 10 000).
with

filings as (
    select *
    from staging.stg_filings
    where is_current
),

projects as (
    select * from staging.stg_projects
),

indicators as (
    select * from staging.stg_indicators
),

compared as (
    select
        projects.filing_id,
        projects.project_no,
        indicators.indicator_no,
        projects.budget_yuan as one_yuan,
        coalesce(indicators.value_high, indicators.value_low) as other_yuan,
        '预算数 ' || coalesce(projects.budget_raw, '') || coalesce(projects.money_unit_raw, '') as one_text,
        indicators.indicator_raw || ' ' || indicators.target_raw as other_text
    from projects
    inner join indicators
        on
            projects.filing_id = indicators.filing_id
            and projects.project_no = indicators.project_no
    where indicators.target_kind = 'money' and indicators.unit = '元'
    union all
    select
        projects.filing_id,
        projects.project_no,
        cast(null as integer) as indicator_no,
        projects.budget_yuan as one_yuan,
        others.budget_yuan as other_yuan,
        '预算数 ' || coalesce(projects.budget_raw, '') || coalesce(projects.money_unit_raw, '') as one_text,
        other_filings.file_name || '：' || coalesce(others.budget_raw, '')
        || coalesce(others.money_unit_raw, '') as other_text
    from projects
    inner join filings
        on projects.filing_id = filings.filing_id
    inner join projects as others
        on
            projects.project_code = others.project_code
            and projects.filing_id <> others.filing_id
    inner join filings as other_filings
        on
            others.filing_id = other_filings.filing_id
            and filings.county is not distinct from other_filings.county
            and filings.township is not distinct from other_filings.township
),

-- A township's project of a hundred million yuan, or of less than a thousand, is one written under the other's unit.
implausible as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '预算数 ' || budget_raw || '（按“' || money_unit_raw || '”为 '
        || format('{:.2f}', cast(budget_yuan / 10000 as double)) || '万元）' as figures,
        cast(null as decimal(24, 6)) as difference,
        '预算数 ' || budget_raw || money_unit_raw as evidence
    from projects
    where
        (contains(money_unit_raw, '万') and budget_yuan >= 100000000)
        or (not contains(money_unit_raw, '万') and budget_yuan > 0 and budget_yuan < 1000)
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        one_text || '与' || other_text || '相差一万倍' as figures,
        cast(null as decimal(24, 6)) as difference,
        one_text || '；' || other_text as evidence
    from compared
    where
        one_yuan > 0
        and other_yuan > 0
        and greatest(one_yuan, other_yuan) / least(one_yuan, other_yuan) between 9990 and 10010
    union all
    select * from implausible
)

select * from offending
