-- A deadline lies in the budget year.
with

filings as (
    select * from staging.stg_filings
),

indicators as (
    select * from staging.stg_indicators
),

periods as (
    select * from intermediate.int_projects__periods
),

-- A heating season, a school year and whatever names the other year itself crosses the year's end.
texts as (
    select
        projects.filing_id,
        projects.project_no,
        concat_ws(' ', projects.project_name, projects.purpose, string_agg(objectives.objective_text, ' ')) as full_text
    from staging.stg_projects as projects
    left join staging.stg_objectives as objectives
        on
            projects.filing_id = objectives.filing_id
            and projects.project_no = objectives.project_no
    group by projects.filing_id, projects.project_no, projects.project_name, projects.purpose
),

offending as (
    select
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        '“' || indicators.target_raw || '”，预算年度为' || filings.fiscal_year || '年' as figures,
        cast(year(indicators.due_date) - filings.fiscal_year as decimal(24, 6)) as difference,
        indicators.indicator_raw as evidence
    from indicators
    inner join filings
        on indicators.filing_id = filings.filing_id
    left join texts
        on
            indicators.filing_id = texts.filing_id
            and indicators.project_no = texts.project_no
    left join periods
        on
            indicators.filing_id = periods.filing_id
            and indicators.project_no = periods.project_no
    where
        year(indicators.due_date) <> filings.fiscal_year
        -- The form's own period says that the work goes on for longer.
        and not coalesce(indicators.due_date <= periods.ends_on and periods.ends_on >= periods.begins_on, false)
        and not regexp_matches(indicators.indicator_raw, '学年|学期|采暖|供暖|供热|取暖')
        -- What is of the year's last month or quarter, or of all of it, is paid and settled in the next January.
        and not (
            year(indicators.due_date) = filings.fiscal_year + 1
            and month(indicators.due_date) <= 3
            and regexp_matches(
                concat_ws(' ', indicators.indicator_raw, indicators.description),
                '12月|十二月|四季度|第4季度|下半年|年终|年度考核|全年|决算|清算|结算|兑现'
            )
        )
        -- The end of a work of several years stands beside what is to be done this year.
        and not (
            regexp_matches(indicators.indicator_raw, '整体|总体|全部|总工期|最终')
            and exists (
                select 1
                from indicators as others
                where
                    indicators.filing_id = others.filing_id
                    and indicators.project_no = others.project_no
                    and year(others.due_date) = filings.fiscal_year
            )
        )
        and not regexp_matches(coalesce(texts.full_text, ''), '跨年|采暖|供暖|取暖|供热|越冬|冬春|学年|次年|跨年度|翌年|两年|三年|多年')
        and not contains(coalesce(texts.full_text, ''), cast(year(indicators.due_date) as varchar))
)

select * from offending
