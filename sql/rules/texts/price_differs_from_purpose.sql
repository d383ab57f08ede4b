-- The price of one piece that the purpose names is that of the one indicator of it.
with

projects as (
    select * from staging.stg_projects
),

indicators as (
    select * from staging.stg_indicators
),

named as (
    select
        filing_id,
        project_no,
        regexp_extract_all(
            purpose, '每[一-龥]{1,4}?(?:年|月)?(?:补助|补贴|标准|费用|运行费|经费|发放|奖励)[^\d，。；]{0,4}\d+(?:\.\d+)?万?元'
        ) as said
    from projects
    where purpose is not null
),

single as (
    select
        filing_id,
        project_no,
        said[1] as said,
        case when said[1] like '每个%' then '个' else regexp_extract(said[1], '^每一?([一-龥])', 1) end as unit,
        cast(regexp_extract(said[1], '(\d+(?:\.\d+)?)万?元$', 1) as decimal(18, 4))
        * case when said[1] like '%万元' then 10000 else 1 end as said_yuan,
        regexp_matches(said[1], '月') as is_monthly
    from named
    where length(said) = 1
),

priced as (
    select
        *,
        coalesce(value_low, value_high) as price,
        count(*) over (partition by filing_id, project_no) as prices
    from indicators
    where
        target_kind = 'money'
        and level2_group = '成本'
),

offending as (
    select
        priced.filing_id,
        priced.project_no,
        priced.indicator_no,
        '资金用途中写“' || single.said || '”，指标值为“' || priced.target_raw || '”，不一致' as figures,
        cast(priced.price - single.said_yuan as decimal(24, 6)) as difference,
        priced.target_raw as evidence
    from priced
    inner join single
        on
            priced.filing_id = single.filing_id
            and priced.project_no = single.project_no
    where
        priced.prices = 1
        and regexp_extract(priced.unit, '/(.)', 1) = single.unit
        and regexp_matches(priced.unit, '月') = single.is_monthly
        and priced.price <> single.said_yuan
        and not (
            priced.comparator in ('<=', '<')
            and priced.price > single.said_yuan
            and priced.price < 1.1 * single.said_yuan
        )
)

select * from offending
