-- One row per unit cost of which the only count of the same things stands in its project: village by village, head by
-- head, or the unit behind the stroke. Heads and households are the same ones only where both names say so: a price per
-- trainee and a number of beneficiaries have nothing to do with each other.
with

-- Where the budget was changed in the course of the year the changed one counts.
projects as (
    select
        filing_id,
        project_no,
        project_name,
        purpose,
        coalesce(adjusted_yuan, budget_yuan) as budget_yuan,
        coalesce(adjusted_raw, budget_raw) as budget_raw
    from staging.stg_projects
),

indicators as (
    select
        *,
        indicator_raw || coalesce(description, '') as words
    from staging.stg_indicators
),

money as (
    select
        filing_id,
        project_no,
        count(*) as all_costs
    from indicators
    where target_kind = 'money'
    group by filing_id, project_no
),

costs as (
    select
        *,
        value_high as unit_cost,
        regexp_matches(unit, '/[人名户村][·/]?个?月$') as is_monthly,
        case
            when regexp_matches(unit, '/[人名户村][·/]?个?月$') then regexp_extract(unit, '/(.)', 1)
            when contains(unit, '/') then regexp_extract(unit, '/(.+)$', 1)
            when regexp_matches(words, '每一?个?(?:行政)?村|村均') then '村'
            when regexp_matches(words, '每一?户|户均') then '户'
            when regexp_matches(words, '每一?[人名位]|人均') then '人'
        end as per_what
    from indicators
    where
        target_kind = 'money'
        and level2_group = '成本'
        and comparator in ('<=', '<', '=', 'between')
        and value_high > 0
        and (
            not regexp_matches(words, '每月|月均|每天|日均|每次|每季')
            or regexp_matches(unit, '/[人名户村][·/]?个?月$')
        )
),

-- How many months a price for a month is paid: only where the project says so.
months as (
    select
        filing_id,
        project_no,
        coalesce(
            try_cast(regexp_extract(project_name || coalesce(purpose, ''), '(\d{1,2})\s*个月', 1) as integer),
            case when regexp_matches(project_name || coalesce(purpose, ''), '全年|年工资|年报酬') then 12 end
        ) as paid_months
    from projects
),

quantities as (
    select
        *,
        coalesce(value_low, value_high) as quantity,
        regexp_matches(words, '村') and not regexp_matches(words, '次数|人数|户数|处') as counts_villages
    from indicators
    where
        target_kind = 'quantity'
        and level2_group = '数量'
        and coalesce(value_low, value_high) > 0
),

paired as (
    select
        costs.filing_id,
        costs.project_no,
        costs.indicator_no,
        costs.indicator_raw,
        costs.target_raw,
        costs.unit_cost,
        costs.per_what,
        costs.is_monthly,
        costs.words as cost_words,
        quantities.indicator_no as quantity_no,
        quantities.quantity,
        quantities.target_raw as quantity_raw,
        quantities.unit as quantity_unit,
        quantities.words as quantity_words
    from costs
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
    select
        *,
        regexp_replace(cost_words, '人均|户均|每一?[人户名位]|标准|成本|金额|费用|单价|数量|人数|户数', '', 'g')
            as cost_subject
    from paired
    qualify count(*) over (partition by filing_id, project_no, indicator_no) = 1
),

told as (
    select
        *,
        per_what not in ('人', '人·年', '户', '户·年')
        or list_has_any(
            [substr(cost_subject, cast(i as integer), 2) for i in range(1, length(cost_subject))],
            [substr(quantity_words, cast(i as integer), 2) for i in range(1, length(quantity_words))]
        )
        or (
            regexp_matches(cost_words, '补助|补贴|津贴|报酬|工资|待遇|奖励|慰问|救助|抚恤|供养')
            and regexp_matches(quantity_words, '发放|补助|补贴|享受|领取|资助|救助|慰问|供养')
        ) as is_same_things
    from matched
),

timed as (
    select
        told.*,
        case when told.is_monthly then months.paid_months else 1 end as times
    from told
    inner join months
        on
            told.filing_id = months.filing_id
            and told.project_no = months.project_no
),

counted as (
    select
        told.filing_id,
        told.project_no,
        told.indicator_no,
        told.indicator_raw,
        told.is_monthly,
        told.per_what,
        told.target_raw,
        told.unit_cost,
        told.quantity_no,
        told.quantity_raw,
        told.quantity,
        told.quantity_unit,
        told.times,
        told.unit_cost * told.quantity * told.times as product_yuan,
        projects.budget_yuan,
        money.all_costs,
        regexp_replace(cast(told.unit_cost as varchar), '\.?0+$', '') || '元×'
        || regexp_replace(cast(told.quantity as varchar), '\.?0+$', '') || told.quantity_unit
        || case when told.is_monthly then '×' || told.times || '个月' else '' end || '＝'
        || format('{:.2f}', cast(told.unit_cost * told.quantity * told.times / 10000 as double))
        || '万元' as product_text,
        format('{:.2f}', cast(projects.budget_yuan / 10000 as double)) || '万元' as budget_text,
        told.indicator_raw || ' ' || told.target_raw || '；数量 ' || told.quantity_raw || '；预算数 '
        || coalesce(projects.budget_raw, '') as evidence
    from timed as told
    inner join projects
        on
            told.filing_id = projects.filing_id
            and told.project_no = projects.project_no
    inner join money
        on
            told.filing_id = money.filing_id
            and told.project_no = money.project_no
    where
        told.is_same_things
        and told.times > 0
        and projects.budget_yuan > 0
)

select * from counted
