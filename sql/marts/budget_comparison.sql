-- One row per year, township and project category: those filed, and those that most townships have and this one lacks.
with

budgets as (
    select * from intermediate.int_budgets__by_category
),

scores as (
    select * from intermediate.int_budgets__scored
),

thresholds as (
    select * from intermediate.int_thresholds__turned
),

townships as (
    select
        fiscal_year,
        county_key,
        township_key,
        any_value(county) as county,
        any_value(township) as township,
        any_value(villages) as villages,
        any_value(population) as population,
        cast(sum(total_yuan) as decimal(18, 2)) as township_total_yuan
    from budgets
    group by fiscal_year, county_key, township_key
),

years as (
    select
        fiscal_year,
        county_key,
        count(*) as townships
    from townships
    group by fiscal_year, county_key
),

categories as (
    select
        budgets.fiscal_year,
        budgets.county_key,
        budgets.project_category,
        years.townships,
        count(*) as townships_with_category
    from budgets
    inner join years
        on
            budgets.fiscal_year is not distinct from years.fiscal_year
            and budgets.county_key = years.county_key
    group by budgets.fiscal_year, budgets.county_key, budgets.project_category, years.townships
),

missing as (
    select
        townships.fiscal_year,
        townships.county,
        townships.county_key,
        townships.township,
        townships.township_key,
        townships.villages,
        townships.population,
        categories.project_category,
        'missing' as status,
        0 as projects,
        0 as projects_without_amount
    from townships
    cross join thresholds
    inner join categories
        on
            townships.fiscal_year is not distinct from categories.fiscal_year
            and townships.county_key = categories.county_key
            and categories.townships_with_category * 2 > categories.townships
            -- What two of three townships file is no custom of the county yet.
            and thresholds.least_peers < categories.townships
    anti join budgets
        on
            townships.fiscal_year is not distinct from budgets.fiscal_year
            and townships.township_key = budgets.township_key
            and categories.project_category = budgets.project_category
),

every as (
    select
        *,
        'filed' as status
    from budgets
    union all by name
    select * from missing
),

ranked as (
    select
        every.*,
        case
            when every.current_yuan > 0
                then rank() over (
                    partition by every.fiscal_year, every.county_key, every.project_category
                    order by every.current_yuan desc nulls last
                )
        end as rank_high
    from every
),

medians as (
    select
        fiscal_year,
        county_key,
        project_category,
        cast(median(current_yuan) filter (where current_yuan > 0) as decimal(18, 2)) as county_median_yuan
    from budgets
    group by fiscal_year, county_key, project_category
),

judged as (
    select
        ranked.*,
        townships.township_total_yuan,
        categories.townships,
        categories.townships_with_category,
        medians.county_median_yuan,
        scores.measure,
        scores.amount,
        scores.median_amount,
        scores.peers,
        scores.ratio,
        scores.robust_score,
        scores.detectable_ratio,
        scores.outlier
    from ranked
    inner join townships
        on
            ranked.fiscal_year is not distinct from townships.fiscal_year
            and ranked.township_key = townships.township_key
    inner join categories
        on
            ranked.fiscal_year is not distinct from categories.fiscal_year
            and ranked.county_key = categories.county_key
            and ranked.project_category = categories.project_category
    inner join medians
        on
            ranked.fiscal_year is not distinct from medians.fiscal_year
            and ranked.county_key = medians.county_key
            and ranked.project_category = medians.project_category
    left join scores
        on
            ranked.fiscal_year is not distinct from scores.fiscal_year
            and ranked.township_key = scores.township_key
            and ranked.project_category = scores.project_category
            and ranked.status = 'filed'
),

compared as (
    select
        fiscal_year,
        county,
        township,
        project_category,
        status,
        projects,
        projects_without_amount,
        total_yuan,
        current_yuan,
        carryover_yuan,
        fiscal_yuan,
        other_yuan,
        township_total_yuan,
        round(100 * cast(total_yuan as double) / nullif(township_total_yuan, 0), 4) as share_of_township_pct,
        villages,
        current_per_village_yuan,
        population,
        current_per_head_yuan,
        peers,
        county_median_yuan,
        round(cast(current_yuan as double) / nullif(county_median_yuan, 0), 4) as ratio_to_median,
        measure as denominator,
        cast(amount as decimal(18, 2)) as compared_yuan,
        cast(median_amount as decimal(18, 2)) as county_median_compared_yuan,
        round(ratio, 4) as ratio_compared,
        rank_high,
        robust_score,
        detectable_ratio,
        case when is_held then 'held' else outlier end as outlier,
        coalesce(is_held, false) as is_held,
        held_reason,
        townships_with_category,
        townships,
        project_names,
        filing_id,
        project_no,
        file_name,
        page,
        table_no,
        row_no
    from judged
)

select * from compared
order by fiscal_year, county, township, project_category
