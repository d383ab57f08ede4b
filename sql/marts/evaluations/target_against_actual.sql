-- One row per indicator of a current plan whose township reported last year's result of it: the target against that.
-- What stands several times in one project category with different figures has no one result, and none of dates,
-- grades and words is compared. Below the bands (thresholds) target and result are alike.
with

targets as (
    select *
    from intermediate.int_targets__directed
    where is_plan
),

actuals as (
    select * from intermediate.int_actuals__judged
),

thresholds as (
    select * from intermediate.int_thresholds__turned
),

results as (
    select
        hash(fiscal_year + 1, township_key, project_category, is_prior, name_key) as next_key,
        unit_family,
        target_raw as last_target_raw,
        actual_raw as last_actual_raw,
        actual_value as last_actual_value,
        outcome as last_outcome,
        is_held,
        held_reason,
        filing_id as last_filing_id,
        project_no as last_project_no,
        indicator_no as last_indicator_no,
        file_name as last_file_name,
        page as last_page,
        table_no as last_table_no,
        row_no as last_row_no,
        count(*) over (
            partition by fiscal_year, township_key, project_category, is_prior, name_key
        ) as times
    from actuals
    where coalesce(trim(actual_raw), '') <> ''
),

named as (
    select
        *,
        hash(fiscal_year, township_key, project_category, is_prior, name_key) as this_key
    from targets
),

single_results as (
    select * exclude (times)
    from results
    where times = 1
),

paired as (
    select
        named.*,
        results.last_target_raw,
        results.last_actual_raw,
        results.last_actual_value,
        results.last_outcome,
        results.last_filing_id,
        results.last_project_no,
        results.last_indicator_no,
        results.last_file_name,
        results.last_page,
        results.last_table_no,
        results.last_row_no,
        (named.is_held or results.is_held) as is_doubted,
        nullif(concat_ws('；', named.held_reason, results.held_reason), '') as doubted_reason,
        (
            (results.unit_family is not distinct from named.unit_family)
            and named.target_kind in ('percent', 'quantity', 'money')
            and not coalesce(named.is_change, false)
            and not named.is_contradictory
        ) as is_one_measure
    from named
    inner join single_results as results
        on named.this_key = results.next_key
),

measured as (
    select
        paired.*,
        case
            when paired.is_one_measure then cast(paired.value - paired.last_actual_value as decimal(24, 6))
        end as difference,
        case paired.target_kind
            when 'percent' then thresholds.percent_band
            when 'money' then thresholds.money_band_pct * abs(paired.last_actual_value) / 100
            else thresholds.count_band_pct * abs(paired.last_actual_value) / 100
        end as band
    from paired
    cross join thresholds
),

compared as (
    select
        fiscal_year,
        fiscal_year - 1 as previous_year,
        county,
        township,
        unit_code,
        unit_name,
        project_code,
        project_name,
        project_category,
        level2_group,
        indicator,
        indicator_raw,
        target_raw,
        case when target_kind <> 'grade' then value end as target_value,
        last_target_raw,
        last_actual_raw,
        last_actual_value,
        case when value is not null then value_unit end as unit,
        difference,
        round(100 * cast(difference as double) / nullif(cast(abs(last_actual_value) as double), 0), 4)
            as difference_pct,
        last_outcome,
        polarity,
        case
            when is_doubted then 'held'
            when difference is null then 'not_comparable'
            when abs(difference) <= band then 'alike'
            when polarity in ('higher', 'lower') and (difference > 0) = (polarity = 'higher') then 'ahead'
            when polarity in ('higher', 'lower') then 'behind'
            when polarity = 'fixed' then 'deviates'
            when difference > 0 then 'above'
            else 'below'
        end as standing,
        is_doubted as is_held,
        doubted_reason as held_reason,
        filing_id,
        project_no,
        indicator_no,
        file_name,
        page,
        table_no,
        row_no,
        last_filing_id,
        last_project_no,
        last_indicator_no,
        last_file_name,
        last_page,
        last_table_no,
        last_row_no
    from measured
)

select * from compared
order by fiscal_year, county, township, filing_id, project_no, indicator_no
