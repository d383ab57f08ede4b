-- The budget is the sum of its parts: fiscal money, carry-over of the year before, other money.
with

projects as (
    select * from staging.stg_projects
),

summed as (
    select
        *,
        coalesce(fiscal_yuan, 0) + coalesce(carryover_yuan, 0) + coalesce(other_yuan, 0) as parts_yuan,
        -- Three parts, each rounded to 0.01 万元.
        case when coalesce(money_unit_raw, '') like '%万%' then 150 else 1 end as rounding_yuan
    from projects
    where
        budget_yuan is not null
        and coalesce(fiscal_yuan, carryover_yuan, other_yuan) is not null
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '预算数 ' || format('{:.2f}', cast(budget_yuan / 10000 as double)) || '万元，各项资金合计 '
        || format('{:.2f}', cast(parts_yuan / 10000 as double)) || '万元' as figures,
        cast(budget_yuan - parts_yuan as decimal(24, 6)) as difference,
        concat_ws(
            '；',
            '预算数 ' || budget_raw,
            '财政资金 ' || nullif(trim(fiscal_raw), ''),
            '上年结转 ' || nullif(trim(carryover_raw), ''),
            '其他资金 ' || nullif(trim(other_raw), '')
        ) as evidence
    from summed
    where
        budget_yuan > 0
        and (
            parts_yuan - budget_yuan > rounding_yuan
            -- Without a place for other money on the form the rest may come from elsewhere; a blank one is none.
            or (
                (other_yuan is not null or other_raw is not null)
                and fiscal_yuan is not null
                and budget_yuan - parts_yuan > rounding_yuan
            )
            -- A budget of nothing whose parts are something is told here.
        )
        or (budget_yuan = 0 and parts_yuan > rounding_yuan)
)

select * from offending
