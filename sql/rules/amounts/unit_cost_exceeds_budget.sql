-- The highest unit cost times the quantity does not exceed the budget.
with

counted as (
    select * from intermediate.int_costs__counted
),

-- Caps are rounded up: three percent, at least 50 yuan, say nothing.
offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        product_text || '，高于预算数 ' || budget_text as figures,
        cast(product_yuan - budget_yuan as decimal(24, 6)) as difference,
        evidence
    from counted
    where product_yuan > budget_yuan + greatest(50, 0.03 * budget_yuan)
)

select * from offending
