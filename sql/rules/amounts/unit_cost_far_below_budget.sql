-- The only unit cost times its quantity is more than a twentieth of the budget.
with

projects as (
    select * from staging.stg_projects
),

indicators as (
    select * from staging.stg_indicators
),

costs as (
    select
        filing_id,
        project_no,
        indicator_no,
        indicator_raw,
        target_raw,
        value_high as unit_cost,
        case
            when contains(unit, '/') then regexp_extract(unit, '/(.+)$', 1)
            when regexp_matches(indicator_raw || coalesce(description, ''), '每一?个?(?:行政)?村|村均') then '村'
            when regexp_matches(indicator_raw || coalesce(description, ''), '每一?户|户均') then '户'
            when regexp_matches(indicator_raw || coalesce(description, ''), '每一?[人名位]|人均') then '人'
        end as per_what
    from indicators
    where
        target_kind = 'money'
        and level2_group = '成本'
        and comparator in ('<=', '<', '=', 'between')
        and value_high > 0
        and not regexp_matches(indicator_raw || coalesce(description, ''), '每月|月均|每天|日均|每次|每季')
),

quantities as (
    select
        filing_id,
        project_no,
        indicator_no,
        coalesce(value_low, value_high) as quantity,
        unit,
        target_raw,
        regexp_matches(indicator_raw || coalesce(description, ''), '村')
        and not regexp_matches(indicator_raw || coalesce(description, ''), '次数|人数|户数|处') as counts_villages
    from indicators
    where
        target_kind = 'quantity'
        and level2_group = '数量'
        and coalesce(value_low, value_high) > 0
),

counted as (
    select
        filing_id,
        project_no,
        count(*) as all_costs
    from indicators
    where target_kind = 'money'
    group by filing_id, project_no
),

paired as (
    select
        costs.*,
        counted.all_costs,
        quantities.indicator_no as quantity_no,
        quantities.quantity,
        quantities.target_raw as quantity_raw,
        quantities.unit as quantity_unit
    from costs
    inner join counted
        on
            costs.filing_id = counted.filing_id
            and costs.project_no = counted.project_no
    inner join quantities
        on
            costs.filing_id = quantities.filing_id
            and costs.project_no = quantities.project_no
            and case
                when costs.per_what = '村'
                    then quantities.unit = '村' or (quantities.unit = '个' and quantities.counts_villages)
                when costs.per_what in ('人', '人·年') then quantities.unit in ('人', '名', '位')
                when costs.per_what in ('户', '户·年') then quantities.unit = '户'
                else costs.per_what = quantities.unit
            end
),

-- Where two quantities would do, it cannot be told which one the cost is for.
matched as (
    select *
    from paired
    qualify count(*) over (partition by filing_id, project_no, indicator_no) = 1
),

offending as (
    select
        matched.filing_id,
        matched.project_no,
        matched.indicator_no,
        regexp_replace(cast(matched.unit_cost as varchar), '\.?0+$', '') || '元×'
        || regexp_replace(cast(matched.quantity as varchar), '\.?0+$', '') || matched.quantity_unit || '＝'
        || format('{:.2f}', cast(matched.unit_cost * matched.quantity / 10000 as double)) || '万元，仅为预算数 '
        || format('{:.2f}', cast(projects.budget_yuan / 10000 as double)) || '万元的'
        || format('{:.1f}', cast(100 * matched.unit_cost * matched.quantity / projects.budget_yuan as double))
        || '%' as figures,
        cast(matched.unit_cost * matched.quantity - projects.budget_yuan as decimal(24, 6)) as difference,
        matched.indicator_raw || ' ' || matched.target_raw || '；数量 ' || matched.quantity_raw || '；预算数 '
        || coalesce(projects.budget_raw, '') as evidence
    from matched
    inner join projects
        on
            matched.filing_id = projects.filing_id
            and matched.project_no = projects.project_no
    where
        projects.budget_yuan > 0
        and matched.unit_cost * matched.quantity < 0.05 * projects.budget_yuan
        and matched.all_costs = 1
        -- Heads may be those of other people than the price is for (residents, cleaners); a village is a village.
        and matched.per_what = '村'
)

select * from offending
