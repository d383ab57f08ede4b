-- The day by which a goal is to be reached is that of the one indicator of the work's end.
with

filings as (
    select * from staging.stg_filings
),

objectives as (
    select * from staging.stg_objectives
),

indicators as (
    select * from staging.stg_indicators
),

said as (
    select
        objectives.filing_id,
        objectives.project_no,
        regexp_extract(objectives.objective_text, '(20\d\d)年\d{1,2}月', 1) as stated_year,
        regexp_extract(
            objectives.objective_text, '(\d{1,2})月(?:\d{1,2}日|底|末)?(?:之?前|底前|完工|竣工|全面完成)', 1
        ) as month,
        regexp_extract(objectives.objective_text, '\d{1,2}月(\d{1,2})日', 1) as day_of_month,
        regexp_extract(objectives.objective_text, '[^，。；]{0,14}月[^，。；]{0,14}') as piece,
        filings.fiscal_year
    from objectives
    inner join filings
        on objectives.filing_id = filings.filing_id
    where
        regexp_matches(objectives.objective_text, '\d{1,2}月(?:\d{1,2}日|底|末)?(?:之?前|底前|完工|竣工|全面完成)')
        and not regexp_matches(objectives.objective_text, '每月|月.*月')
),

numbered as (
    select
        *,
        coalesce(try_cast(stated_year as integer), fiscal_year) as said_year,
        try_cast(month as integer) as said_month
    from said
),

-- A month alone ends with its last day.
dated as (
    select
        *,
        coalesce(
            try_cast(said_year || '-' || said_month || '-' || nullif(day_of_month, '') as date),
            last_day(make_date(said_year, said_month, 1))
        ) as said_on
    from numbered
    where said_month between 1 and 12
),

ends as (
    select *
    from indicators
    where
        level2_group = '时效'
        and due_date is not null
        and regexp_matches(indicator_raw, '完工|竣工|完成|结束|建成|上架|到位|发放')
    qualify count(*) over (partition by filing_id, project_no) = 1
),

offending as (
    select
        ends.filing_id,
        ends.project_no,
        ends.indicator_no,
        '绩效目标写“' || dated.piece || '”，指标值为“' || ends.target_raw || '”，不一致' as figures,
        cast(null as decimal(24, 6)) as difference,
        dated.piece as evidence
    from ends
    inner join dated
        on
            ends.filing_id = dated.filing_id
            and ends.project_no = dated.project_no
    -- The end of a month and its last days are one.
    where abs(date_diff('day', dated.said_on, ends.due_date)) > 15
)

select * from offending
