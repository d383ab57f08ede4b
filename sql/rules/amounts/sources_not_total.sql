-- Sums of central, provincial, city, county and township money, or of 上级 and 本级, make up the total; no part is more.
with

statements as (
    select * from staging.stg_statements
),

projects as (
    select * from staging.stg_projects
),

-- 上级, 地方 and the like hold several levels; a form that has them beside single ones counts some money twice. 上级 and
-- 本级 alone are all there is.
levelled as (
    select
        *,
        case
            when regexp_matches(label, '地方|财政拨款|一般公共预算|政府性基金|债券|专户|上级.*本级') then 'other'
            when regexp_matches(label, '上级') then '上级'
            when regexp_matches(label, '本级') then '本级'
            when regexp_matches(label, '中央') then '中央'
            when regexp_matches(label, '省|自治区|兵团') then '省'
            when regexp_matches(label, '市县|县市|[市县].*[市县]') then 'other'
            when regexp_matches(label, '市|州') then '市'
            when regexp_matches(label, '县|区') then '县'
            when regexp_matches(label, '乡|镇|街道') then '乡'
            else 'other'
        end as level
    from statements
    where
        fact in ('source', 'source_adjusted', 'source_executed')
        and not regexp_matches(label, '基本支出|项目支出|人员经费|公用经费')
),

summed as (
    select
        filing_id,
        project_no,
        fact,
        sum(stated_yuan) as parts_yuan,
        count(*) as parts,
        bool_or(level in ('县', '乡', '本级')) as reaches_county,
        bool_and(stated_yuan is not null) as is_whole,
        string_agg(regexp_replace(label, '其中[:：]?|[\s（(].*$', '', 'g') || ' ' || said_raw, '、' order by statement_no)
            as parts_text
    from levelled
    group by filing_id, project_no, fact
    having
        count(distinct level) = count(*)
        and count(*) >= 2
        and not bool_or(level = 'other')
        and (bool_and(level in ('上级', '本级')) or not bool_or(level in ('上级', '本级')))
),

totals as (
    select
        summed.*,
        case summed.fact
            when 'source' then projects.budget_yuan
            when 'source_adjusted' then coalesce(projects.adjusted_yuan, projects.budget_yuan)
            else projects.executed_yuan
        end as total_yuan,
        case summed.fact
            when 'source' then projects.budget_raw
            when 'source_adjusted' then coalesce(projects.adjusted_raw, projects.budget_raw)
            else projects.executed_raw
        end as total_raw,
        case summed.fact when 'source' then '预算总额' when 'source_adjusted' then '全年预算数' else '执行数' end as total_name,
        coalesce(projects.other_yuan, 0) as other_yuan,
        coalesce(projects.carryover_yuan, 0) as carryover_yuan,
        projects.fiscal_yuan,
        case when coalesce(projects.money_unit_raw, '') like '%万%' then 50 * (summed.parts + 1) else 1 end
            as rounding_yuan
    from summed
    inner join projects
        on
            summed.filing_id = projects.filing_id
            and summed.project_no = projects.project_no
    where summed.is_whole
),

exceeding as (
    select
        statements.filing_id,
        statements.project_no,
        projects.executed_raw,
        projects.executed_yuan - statements.stated_yuan as difference,
        regexp_replace(statements.label, '其中[:：]?', '') || ' ' || statements.said_raw as part_text
    from statements
    inner join projects
        on
            statements.filing_id = projects.filing_id
            and statements.project_no = projects.project_no
    where
        statements.fact = 'source_executed'
        and projects.executed_yuan > 0
        and statements.stated_yuan
        > projects.executed_yuan + case when coalesce(projects.money_unit_raw, '') like '%万%' then 100 else 1 end
),

summed_wrong as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        total_name || ' ' || total_raw || '，各级资金合计 ' || case
            when total_raw like '%.%' and rounding_yuan > 1
                then format('{:.2f}', cast(parts_yuan / 10000 as double)) || '万元'
            else regexp_replace(format('{:.2f}', cast(parts_yuan as double)), '\.?0+$', '') || '元'
        end || '（' || parts_text || '）' as figures,
        cast(total_yuan - parts_yuan as decimal(24, 6)) as difference,
        total_raw as evidence
    from totals
    where
        total_yuan > 0
        -- The levels may make up the whole, its fiscal part, or all but what is carried over or of others.
        and least(
            abs(total_yuan - parts_yuan),
            abs(total_yuan - parts_yuan - other_yuan),
            abs(total_yuan - parts_yuan - carryover_yuan),
            abs(total_yuan - parts_yuan - other_yuan - carryover_yuan),
            abs(coalesce(fiscal_yuan, total_yuan) - parts_yuan)
        ) > rounding_yuan
        -- A form that has no line for the county's own money may leave it out.
        and (parts_yuan > total_yuan or reaches_county)
        -- What was spent of other money or of carry-over is stated elsewhere.
        and (fact <> 'source_executed' or parts_yuan > total_yuan or other_yuan + carryover_yuan = 0)
),

offending as (
    select * from summed_wrong
    union all
    select
        exceeding.filing_id,
        exceeding.project_no,
        cast(null as integer) as indicator_no,
        '执行数 ' || exceeding.executed_raw || '，其中' || exceeding.part_text || '，部分大于总数' as figures,
        cast(exceeding.difference as decimal(24, 6)) as difference,
        exceeding.executed_raw as evidence
    from exceeding
    anti join summed_wrong
        on
            exceeding.filing_id = summed_wrong.filing_id
            and exceeding.project_no = summed_wrong.project_no
    qualify row_number() over (partition by exceeding.filing_id, exceeding.project_no order by exceeding.difference) = 1
)

select * from offending
