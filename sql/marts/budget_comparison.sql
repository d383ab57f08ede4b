-- One row per year, township and project category: those filed, and those that most townships have and this one lacks.
with

budgets as (
    select * from intermediate.int_budgets__by_category
),

spreads as (
    select * from intermediate.int_budgets__by_county
),

townships as (
    select
        fiscal_year,
        county,
        township,
        any_value(villages) as villages,
        any_value(population) as population,
        cast(sum(total_yuan) as decimal(18, 2)) as township_total_yuan
    from budgets
    group by fiscal_year, county, township
),

years as (
    select
        fiscal_year,
        count(*) as townships
    from townships
    group by fiscal_year
),

categories as (
    select
        budgets.fiscal_year,
        budgets.project_category,
        years.townships,
        count(*) as townships_with_category
    from budgets
    inner join years
        on budgets.fiscal_year is not distinct from years.fiscal_year
    group by budgets.fiscal_year, budgets.project_category, years.townships
),

missing as (
    select
        townships.fiscal_year,
        townships.county,
        townships.township,
        townships.villages,
        townships.population,
        categories.project_category,
        'missing' as status,
        0 as projects,
        0 as projects_without_amount
    from townships
    inner join categories
        on
            townships.fiscal_year is not distinct from categories.fiscal_year
            and categories.townships_with_category * 2 > categories.townships
    anti join budgets
        on
            townships.fiscal_year is not distinct from budgets.fiscal_year
            and townships.county is not distinct from budgets.county
            and townships.township = budgets.township
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
                    partition by every.fiscal_year, every.project_category
                    order by every.current_yuan desc nulls last
                )
        end as rank_high
    from every
),

scored as (
    select
        ranked.*,
        townships.township_total_yuan,
        categories.townships,
        categories.townships_with_category,
        totals.median_yuan as county_median_yuan,
        villages.median_yuan as county_median_per_village_yuan,
        coalesce(totals.townships, 0) - case when ranked.current_yuan > 0 then 1 else 0 end as peers,
        case
            when villages.townships > 5 and ranked.current_per_village_yuan > 0 then 'village'
            else 'total'
        end as measure,
        totals.townships as total_townships,
        totals.mad_yuan as total_mad_yuan,
        villages.townships as village_townships,
        villages.mad_yuan as village_mad_yuan
    from ranked
    inner join townships
        on
            ranked.fiscal_year is not distinct from townships.fiscal_year
            and ranked.county is not distinct from townships.county
            and ranked.township = townships.township
    inner join categories
        on
            ranked.fiscal_year is not distinct from categories.fiscal_year
            and ranked.project_category = categories.project_category
    left join spreads as totals
        on
            ranked.fiscal_year is not distinct from totals.fiscal_year
            and ranked.project_category = totals.project_category
            and totals.measure = 'total'
    left join spreads as villages
        on
            ranked.fiscal_year is not distinct from villages.fiscal_year
            and ranked.project_category = villages.project_category
            and villages.measure = 'village'
),

chosen as (
    select
        *,
        cast(case measure when 'village' then current_per_village_yuan else current_yuan end as double) as amount,
        cast(
            case measure when 'village' then county_median_per_village_yuan else county_median_yuan end as double
        ) as centre,
        case measure when 'village' then village_mad_yuan else total_mad_yuan end as mad,
        case measure when 'village' then village_townships else total_townships end as measured_townships
    from scored
),

-- Scored as prices are (int_costs__scored): 5 % of the median is the least that counts as a standard deviation.
judged as (
    select
        *,
        case
            when amount is null or amount <= 0 or measured_townships <= 5 then null
            when amount = centre then 0
            else round((amount - centre) / greatest(1.4826 * mad, 0.05 * centre), 4)
        end as robust_score
    from chosen
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
        county_median_per_village_yuan,
        round(cast(current_yuan as double) / nullif(county_median_yuan, 0), 4) as ratio_to_median,
        round(
            cast(current_per_village_yuan as double) / nullif(county_median_per_village_yuan, 0), 4
        ) as ratio_per_village_to_median,
        rank_high,
        robust_score,
        case
            when status = 'missing' or current_yuan is null or current_yuan <= 0 then null
            when robust_score is null then 'too_few_peers'
            when robust_score > 3.5 then 'high'
            when robust_score < -3.5 then 'low'
            else 'normal'
        end as outlier,
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
