-- One row per indicator of a current self-evaluation.
with

actuals as (
    select * from intermediate.int_actuals__judged
),

plans as (
    select
        hash(fiscal_year, township_key, project_category, name_key) as plan_key,
        min(target_raw) as target_raw,
        max(target_raw) as other_target_raw,
        min(low) as low,
        min(high) as high,
        min(unit_family) as unit_family
    from intermediate.int_indicators__compared
    where doc_kind = 'targets'
    group by plan_key
),

joined as (
    select
        actuals.*,
        -- Where the plan has the indicator more than once with different targets, none of them is the one.
        case when plans.target_raw = plans.other_target_raw then plans.target_raw end as plan_target_raw,
        case
            when plans.target_raw = plans.other_target_raw
                then not (
                    regexp_replace(plans.target_raw, '\s', '', 'g') = regexp_replace(actuals.target_raw, '\s', '', 'g')
                    or coalesce(
                        (plans.low is not distinct from actuals.low)
                        and (plans.high is not distinct from actuals.high)
                        and plans.unit_family = actuals.unit_family
                        and coalesce(plans.low, plans.high) is not null, false
                    )
                )
        end as target_changed
    from actuals
    left join plans
        on hash(actuals.fiscal_year, actuals.township_key, actuals.project_category, actuals.name_key) = plans.plan_key
),

compared as (
    select
        fiscal_year,
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
        target_kind,
        comparator,
        target_value,
        actual_raw,
        actual_value,
        case when target_value is not null then value_unit end as unit,
        cast(actual_value - target_value as decimal(24, 6)) as difference,
        achieved_pct,
        outcome,
        weight,
        score,
        round(100 * cast(score as double) / nullif(cast(weight as double), 0), 4) as score_pct,
        case
            when score > weight then 'score_over_weight'
            when outcome = 'not_met' and score = weight then 'full_score_but_not_met'
            when outcome in ('met', 'far_exceeded') and score < weight then 'points_lost_but_met'
            when outcome in ('met', 'far_exceeded', 'not_met') and score is not null and weight is not null then 'fits'
            else 'unclear'
        end as score_fit,
        deviation_reason,
        plan_target_raw,
        target_changed,
        filing_id,
        project_no,
        indicator_no,
        file_name,
        page,
        table_no,
        row_no
    from joined
)

select * from compared
order by fiscal_year, county, township, filing_id, project_no, indicator_no
