-- The one amount that the purpose says is arranged is the budget, or one of its sources.
with

projects as (
    select * from staging.stg_projects
),

-- What a programme costs over the years, or was given before, is no budget of the year.
named as (
    select
        *,
        regexp_extract_all(
            purpose,
            '(?:安排|预算|申请|共计|合计|共需|总计|需)[^，。；,;\d]{0,8}(\d+(?:\.\d+)?)\s*万元',
            1
        ) as amounts,
        regexp_extract_all(purpose, '\d+(?:\.\d+)?\s*万?元') as all_amounts
    from projects
    where
        budget_yuan > 0
        and not regexp_matches(purpose, '总投资|概算|实施期|分年|跨年|上年|已支付|已拨付|历年|结余|[一二三四五两]年共')
),

single as (
    select
        *,
        10000 * cast(amounts[1] as decimal(18, 6)) as named_yuan
    from named
    where
        len(amounts) = 1
        -- Several amounts may be parts of one another.
        and len(all_amounts) = 1
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '资金用途中写' || amounts[1] || '万元，预算数为' || format('{:.2f}', cast(budget_yuan / 10000 as double)) || '万元，不一致'
            as figures,
        cast(named_yuan - budget_yuan as decimal(24, 6)) as difference,
        purpose as evidence
    from single
    where
        abs(named_yuan - budget_yuan) > greatest(100, 0.005 * budget_yuan)
        and abs(named_yuan - coalesce(fiscal_yuan, budget_yuan)) > 100
        and abs(named_yuan - coalesce(other_yuan, budget_yuan)) > 100
        and abs(named_yuan - coalesce(carryover_yuan, budget_yuan)) > 100
        and abs(named_yuan - coalesce(adjusted_yuan, budget_yuan)) > 100
)

select * from offending
