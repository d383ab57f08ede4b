-- The rate so far is what was spent so far divided by the year's budget, and the year will not spend less than that.
with

statements as (
    select * from staging.stg_statements
),

projects as (
    select * from staging.stg_projects
),

monitored as (
    select
        statements.filing_id,
        statements.project_no,
        any_value(coalesce(projects.adjusted_yuan, projects.budget_yuan)) as budget_yuan,
        any_value(coalesce(projects.adjusted_raw, projects.budget_raw)) as budget_raw,
        max(statements.stated_yuan) filter (where statements.fact = 'so_far_executed') as executed_yuan,
        max(statements.said_raw) filter (where statements.fact = 'so_far_executed') as executed_raw,
        coalesce(
            max(statements.said_raw) filter (where statements.fact = 'so_far_rate'),
            any_value(projects.execution_rate_raw)
        ) as rate_raw,
        max(statements.stated_yuan) filter (where statements.fact = 'expected_executed') as expected_yuan,
        max(statements.said_raw) filter (where statements.fact = 'expected_executed') as expected_raw
    from statements
    inner join projects
        on
            statements.filing_id = projects.filing_id
            and statements.project_no = projects.project_no
    where statements.fact in ('so_far_executed', 'so_far_rate', 'expected_executed')
    group by statements.filing_id, statements.project_no
    having count(*) filter (where statements.fact = 'so_far_executed') = 1
),

rated as (
    select
        *,
        100 * cast(executed_yuan as double) / nullif(cast(budget_yuan as double), 0) as computed_pct,
        case
            when regexp_matches(rate_raw, '[%％]') then try_cast(regexp_extract(rate_raw, '\d+(?:\.\d+)?') as double)
        end as stated_pct
    from monitored
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        case
            when abs(stated_pct - computed_pct) > 1
                then
                    '监控期内执行数 ' || executed_raw || ' ÷ 预算数 ' || budget_raw || ' ＝ ' || format('{:.2f}', computed_pct)
                    || '%，表中执行率为 ' || rate_raw
            else '监控期内执行数 ' || executed_raw || ' 已大于全年预计执行数 ' || expected_raw
        end as figures,
        cast(case
            when abs(stated_pct - computed_pct) > 1 then stated_pct - computed_pct
            else executed_yuan - expected_yuan
        end as decimal(24, 6)) as difference,
        coalesce(rate_raw, executed_raw) as evidence
    from rated
    where
        abs(stated_pct - computed_pct) > 1
        or executed_yuan > expected_yuan + 50
)

select * from offending
