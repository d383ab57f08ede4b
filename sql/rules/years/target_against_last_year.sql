-- A target does not stay the same while the budget changes much, and does not fall behind last year's.
with

filings as (
    select *
    from staging.stg_filings
    where is_current and doc_kind = 'targets'
),

projects as (
    select * from staging.stg_projects
),

indicators as (
    select * from staging.stg_indicators
),

placed as (
    select
        filings.fiscal_year,
        projects.budget_yuan,
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        indicators.level2,
        indicators.level2_group,
        indicators.indicator_raw,
        indicators.target_raw,
        indicators.comparator,
        coalesce(indicators.base_value_low, indicators.value_low) as low,
        -- Whole numbers join ten times as fast as texts; 64 bits keep a million indicators apart.
        hash(
            filings.fiscal_year, filings.county, filings.township, projects.project_category,
            indicators.level2_group, indicators.indicator, indicators.unit_family
        ) as place_key,
        hash(
            filings.fiscal_year, coalesce(filings.county, ''), filings.township, projects.project_category,
            coalesce(projects.is_carryover, false), indicators.level2_group, indicators.indicator,
            indicators.unit_family
        ) as this_key,
        hash(
            filings.fiscal_year + 1, coalesce(filings.county, ''), filings.township, projects.project_category,
            coalesce(projects.is_carryover, false), indicators.level2_group, indicators.indicator,
            indicators.unit_family
        ) as next_key,
        filings.township is not null
        and projects.project_category is not null
        and indicators.level2_group is not null
        and indicators.indicator is not null
        and indicators.unit_family is not null
        and coalesce(indicators.base_value_low, indicators.value_low) is not null as is_comparable
    from filings
    inner join projects
        on filings.filing_id = projects.filing_id
    inner join indicators
        on
            projects.filing_id = indicators.filing_id
            and projects.project_no = indicators.project_no
),

alone as (
    select place_key
    from placed
    group by place_key
    having count(*) = 1
),

comparable as (
    select placed.*
    from placed
    semi join alone
        on placed.place_key = alone.place_key
    where placed.is_comparable
),

paired as (
    select
        this_year.*,
        last_year.low as last_low,
        last_year.target_raw as last_raw,
        last_year.budget_yuan as last_budget
    from comparable as this_year
    inner join comparable as last_year
        on
            this_year.this_key = last_year.next_key
            and this_year.fiscal_year = last_year.fiscal_year + 1
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
        (
            comparator in ('>=', '>')
            and level2_group <> '成本'
            and low < last_low
            -- A share that was above the whole is put right, not lowered.
            and not (contains(last_raw, '%') and last_low > 100)
        )
        or (
            level2_group = '数量'
            and low = last_low
            and last_budget > 0
            and abs(budget_yuan - last_budget) > 0.2 * last_budget
        )
)

select * from offending
