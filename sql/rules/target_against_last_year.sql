-- A target does not stay the same while the budget changes much, and does not fall behind last year's.
with

filings as (
    select *
    from core.filings
    where is_current and doc_kind = 'targets'
),

projects as (
    select * from core.projects
),

indicators as (
    select * from core.indicators
),

placed as (
    select
        filings.fiscal_year,
        filings.county,
        filings.township,
        projects.project_category,
        projects.budget_yuan,
        projects.is_carryover,
        indicators.*,
        coalesce(indicators.base_value_low, indicators.value_low) as low,
        count(*) over (
            partition by
                filings.fiscal_year, filings.county, filings.township, projects.project_category,
                indicators.level2_group, indicators.indicator, indicators.unit_family
        ) as alike
    from filings
    inner join projects
        on filings.filing_id = projects.filing_id
    inner join indicators
        on
            projects.filing_id = indicators.filing_id
            and projects.project_no = indicators.project_no
),

paired as (
    select
        this_year.*,
        last_year.low as last_low,
        last_year.target_raw as last_raw,
        last_year.budget_yuan as last_budget
    from placed as this_year
    inner join placed as last_year
        on
            this_year.fiscal_year = last_year.fiscal_year + 1
            and coalesce(this_year.county, '') = coalesce(last_year.county, '')
            and this_year.township = last_year.township
            and this_year.project_category = last_year.project_category
            and coalesce(this_year.is_carryover, false) = coalesce(last_year.is_carryover, false)
            and this_year.level2_group = last_year.level2_group
            and this_year.indicator = last_year.indicator
            and this_year.unit_family = last_year.unit_family
    where
        this_year.alike = 1
        and last_year.alike = 1
        and this_year.low is not null
        and last_year.low is not null
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        case
            when low < last_low then '由上年“' || last_raw || '”降为“' || target_raw || '”'
            else
                '与上年同为“' || target_raw || '”，预算由 '
                || format('{:.2f}', cast(last_budget / 10000 as double)) || '万元变为 '
                || format('{:.2f}', cast(budget_yuan / 10000 as double)) || '万元'
        end as figures,
        cast(low - last_low as decimal(24, 6)) as difference,
        level2 || '：' || indicator_raw as evidence
    from paired
    where
        (comparator in ('>=', '>', '=') and level2_group <> '成本' and low < last_low)
        or (
            level2_group = '数量'
            and low = last_low
            and last_budget > 0
            and abs(budget_yuan - last_budget) > 0.2 * last_budget
        )
)

select * from offending
