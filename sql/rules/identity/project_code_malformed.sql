-- A project code has 21 characters: division, year, letter, serial, suffix, check; all codes have one division.
with

filings as (
    select * from staging.stg_filings
),

projects as (
    select * from staging.stg_projects
),

coded as (
    select
        projects.filing_id,
        projects.project_no,
        projects.project_code,
        upper(regexp_replace(projects.project_code, '\s', '', 'g')) as code,
        filings.division_code
    from projects
    inner join filings
        on projects.filing_id = filings.filing_id
    where projects.project_code is not null
),

-- Where the filing does not say its division, most of its codes do.
usual as (
    select
        filing_id,
        mode(code[1:6]) as division,
        count(*) as codes
    from coded
    where regexp_full_match(code, '\d{8}[A-Z][0-9]{11}[0-9A-Z]')
    group by filing_id
),

counted as (
    select
        coded.filing_id,
        usual.division,
        count(*) as times
    from coded
    inner join usual
        on
            coded.filing_id = usual.filing_id
            and coded.code[1:6] = usual.division
    where usual.codes > 2
    group by coded.filing_id, usual.division, usual.codes
    having count(*) > usual.codes / 2
),

divided as (
    select
        coded.*,
        counted.division as most_division
    from coded
    left join counted
        on coded.filing_id = counted.filing_id
),

judged as (
    select
        *,
        case
            when length(code) <> 21 then '长度为' || length(code) || '位，应为21位'
            when not regexp_full_match(code, '\d{8}[A-Z][0-9]{6}[0-9]{5}[0-9A-Z]') then '含有不应出现的字符'
            -- The province and the city (130000, 130200) give codes to projects of their own.
            when code[5:6] = '00' then null
            when code[1:6] <> division_code[1:6] then '区划码' || code[1:6] || '与本单位' || division_code[1:6] || '不符'
            when division_code is null and code[1:6] <> most_division
                then '区划码' || code[1:6] || '与其他项目编码的' || most_division || '不符'
        end as fault
    from divided
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        fault as figures,
        cast(null as decimal(24, 6)) as difference,
        project_code as evidence
    from judged
    where fault is not null
)

select * from offending
