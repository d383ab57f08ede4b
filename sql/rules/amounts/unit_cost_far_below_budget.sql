-- The only unit cost times its quantity is more than a twentieth of the budget.
with

counted as (
    select * from intermediate.int_costs__counted
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        product_text || '，仅为预算数 ' || budget_text || '的'
        || format('{:.1f}', cast(100 * product_yuan / budget_yuan as double)) || '%' as figures,
        cast(product_yuan - budget_yuan as decimal(24, 6)) as difference,
        evidence
    from counted
    where
        product_yuan < 0.05 * budget_yuan
        and all_costs = 1
        and not is_monthly
        -- Heads may be those of other people than the price is for (residents, cleaners); a village is a village.
        -- Where the price in 万元 would give the budget, its unit was lost.
        and (
            per_what not in ('人', '人·年', '户', '户·年')
            or abs(10000 * product_yuan - budget_yuan) <= 0.1 * budget_yuan
        )
)

select * from offending
