-- One row per cost indicator with a yuan value of a current filing (the plan's, where both kinds were filed).
with

costs as (
    select * from intermediate.int_costs__compared
),

townships as (
    select * from intermediate.int_costs__by_township
),

scores as (
    select * from intermediate.int_costs__scored
),

compared as (
    select
        costs.fiscal_year,
        costs.county,
        costs.township,
        costs.unit_code,
        costs.unit_name,
        costs.doc_kind,
        costs.project_code,
        costs.project_name,
        costs.project_category,
        costs.level2_group,
        costs.indicator,
        costs.indicator_raw,
        costs.unit_family,
        costs.unit,
        costs.per_what,
        costs.target_raw,
        costs.price_kind,
        costs.value_yuan,
        costs.compared_yuan,
        costs.polarity,
        costs.polarity_source,
        scores.scope as compared_within,
        townships.township_value_yuan,
        scores.peers,
        scores.median_yuan as county_median_yuan,
        scores.q1_yuan as county_q1_yuan,
        scores.q3_yuan as county_q3_yuan,
        scores.min_yuan as county_min_yuan,
        scores.max_yuan as county_max_yuan,
        round(cast(costs.compared_yuan as double) / nullif(scores.median_yuan, 0), 4) as ratio_to_median,
        cast(costs.compared_yuan - scores.median_yuan as decimal(18, 2)) as difference_yuan,
        case when scores.peers > 0 then townships.rank_high end as rank_high,
        scores.mad_yuan,
        scores.robust_score,
        scores.detectable_ratio,
        case when costs.is_held then 'held' else coalesce(scores.outlier, 'not_comparable') end as outlier,
        costs.is_held,
        costs.held_reason,
        last_year.township_value_yuan as last_year_yuan,
        round(
            100 * cast(costs.compared_yuan - last_year.township_value_yuan as double)
            / nullif(last_year.township_value_yuan, 0), 4
        ) as change_pct,
        costs.filing_id,
        costs.project_no,
        costs.indicator_no,
        costs.file_name,
        costs.page,
        costs.table_no,
        costs.row_no
    from costs
    left join scores
        on costs.row_key = scores.row_key
    left join townships
        on
            scores.scope = townships.scope
            and scores.scope_key = townships.scope_key
            and costs.township_key = townships.township_key
    left join townships as last_year
        on
            costs.category_price_key = last_year.next_year_key
            and costs.township_key = last_year.township_key
            and last_year.scope = 'category'
)

select * from compared
order by fiscal_year, county, township, filing_id, project_no, indicator_no
