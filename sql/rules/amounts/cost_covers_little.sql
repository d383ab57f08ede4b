-- The price of a purchase times the number of purchases is a third of the budget at least, or says little of it.
with

projects as (
    select * from staging.stg_projects
),

indicators as (
    select
        *,
        indicator_raw || coalesce(description, '') as words
    from staging.stg_indicators
),

costs as (
    select
        *,
        count(*) over (partition by filing_id, project_no) as all_costs
    from indicators
    where
        level2_group = '成本'
        and target_kind = 'money'
),

purchases as (
    select
        *,
        count(*) over (partition by filing_id, project_no) as all_counts
    from indicators
    where
        level2_group = '数量'
        and target_kind = 'quantity'
        and unit = '次'
        and regexp_matches(words, '采购|购买|购置')
),

-- One price for one purchase (每次), and one number of purchases.
paired as (
    select
        costs.filing_id,
        costs.project_no,
        costs.indicator_no,
        costs.indicator_raw,
        costs.target_raw || '×' || purchases.target_raw as factors,
        costs.value_high * coalesce(purchases.value_low, purchases.value_high) as product_yuan,
        projects.budget_yuan
    from costs
    inner join purchases
        on
            costs.filing_id = purchases.filing_id
            and costs.project_no = purchases.project_no
    inner join projects
        on
            costs.filing_id = projects.filing_id
            and costs.project_no = projects.project_no
    where
        costs.all_costs = 1
        and purchases.all_counts = 1
        and costs.value_high > 0
        and regexp_matches(costs.words, '每次')
        and projects.budget_yuan > 0
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        factors || '＝' || format('{:.2f}', cast(product_yuan / 10000 as double)) || '万元，只占预算数 '
        || format('{:.2f}', cast(budget_yuan / 10000 as double)) || '万元的'
        || format('{:.0f}', cast(100 * product_yuan / budget_yuan as double)) || '%' as figures,
        cast(product_yuan - budget_yuan as decimal(24, 6)) as difference,
        indicator_raw as evidence
    from paired
    where product_yuan < budget_yuan / 3
)

select * from offending
