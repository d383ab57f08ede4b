-- One row per indicator of a current filing whose target is a date (the plan's, where both kinds were filed).
with

indicators as (
    select *
    from intermediate.int_indicators__compared
    where
        is_plan
        and target_kind = 'date'
        and due_date is not null
),

thresholds as (
    select * from intermediate.int_thresholds__turned
),

townships as (
    select
        fiscal_year,
        project_category,
        level2_group,
        indicator,
        county_key,
        is_prior,
        township_key,
        max(due_date) as last_due_date
    from indicators
    where
        polarity = 'lower'
        and not is_held
    group by fiscal_year, project_category, level2_group, indicator, county_key, is_prior, township_key
),

counties as (
    select
        fiscal_year,
        project_category,
        level2_group,
        indicator,
        county_key,
        is_prior,
        count(*) as townships,
        quantile_disc(last_due_date, 0.5) as median_date
    from townships
    group by fiscal_year, project_category, level2_group, indicator, county_key, is_prior
),

compared as (
    select
        indicators.fiscal_year,
        indicators.county,
        indicators.township,
        indicators.unit_code,
        indicators.unit_name,
        indicators.project_code,
        indicators.project_name,
        indicators.project_category,
        indicators.level2_group,
        indicators.indicator,
        indicators.indicator_raw,
        indicators.target_raw,
        indicators.due_date,
        counties.townships - 1 as peers,
        counties.median_date as county_median_date,
        date_diff('day', counties.median_date, indicators.due_date) as days_after_median,
        case
            when indicators.is_held then 'held'
            when counties.townships is null then 'not_comparable'
            when counties.townships - 1 < thresholds.least_peers then 'too_few_peers'
            when date_diff('day', counties.median_date, indicators.due_date) > thresholds.days_band then 'later'
            when date_diff('day', counties.median_date, indicators.due_date) < -thresholds.days_band then 'earlier'
            else 'normal'
        end as lateness,
        year(indicators.due_date) = indicators.fiscal_year as in_fiscal_year,
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        indicators.file_name,
        indicators.page,
        indicators.table_no,
        indicators.row_no
    from indicators
    cross join thresholds
    left join counties
        on
            indicators.fiscal_year is not distinct from counties.fiscal_year
            and indicators.polarity = 'lower'
            and indicators.county_key = counties.county_key
            and indicators.is_prior = counties.is_prior
            and indicators.project_category = counties.project_category
            and indicators.level2_group = counties.level2_group
            and indicators.indicator = counties.indicator
)

select * from compared
order by fiscal_year, county, township, filing_id, project_no, indicator_no
