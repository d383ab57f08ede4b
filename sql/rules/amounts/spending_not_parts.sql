-- A department's spending is what it takes in, and is made up of running costs and projects.
with

statements as (
    select * from staging.stg_statements
),

projects as (
    select * from staging.stg_projects
),

stated as (
    select
        filing_id,
        project_no,
        max(stated_yuan) filter (where fact = 'spending') as spending_yuan,
        max(said_raw) filter (where fact = 'spending') as spending_raw,
        max(stated_yuan) filter (where fact = 'source' and label like '%基本支出%') as running_yuan,
        max(said_raw) filter (where fact = 'source' and label like '%基本支出%') as running_raw,
        max(stated_yuan) filter (where fact = 'source' and label like '%项目支出%') as project_yuan,
        max(said_raw) filter (where fact = 'source' and label like '%项目支出%') as project_raw
    from statements
    group by filing_id, project_no
),

compared as (
    select
        stated.*,
        projects.budget_yuan,
        projects.budget_raw,
        coalesce(stated.spending_yuan, projects.budget_yuan) as whole_yuan,
        coalesce(stated.spending_raw, projects.budget_raw) as whole_raw,
        case when coalesce(projects.money_unit_raw, '') like '%万%' then 150 else 1 end as rounding_yuan
    from stated
    inner join projects
        on
            stated.filing_id = projects.filing_id
            and stated.project_no = projects.project_no
    where projects.budget_yuan > 0
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        case
            when abs(whole_yuan - running_yuan - project_yuan) > rounding_yuan
                then
                    '基本支出 ' || running_raw || ' ＋ 项目支出 ' || project_raw || ' ＝ '
                    || format('{:.2f}', cast((running_yuan + project_yuan) / 10000 as double)) || '万元，合计为 ' || whole_raw
            else '收入合计 ' || budget_raw || '，支出合计 ' || spending_raw
        end as figures,
        cast(case
            when
                abs(whole_yuan - running_yuan - project_yuan) > rounding_yuan
                then whole_yuan - running_yuan - project_yuan
            else budget_yuan - spending_yuan
        end as decimal(24, 6)) as difference,
        whole_raw as evidence
    from compared
    where
        abs(whole_yuan - running_yuan - project_yuan) > rounding_yuan
        or abs(budget_yuan - spending_yuan) > rounding_yuan
)

select * from offending
