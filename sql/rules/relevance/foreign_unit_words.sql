-- The text of a town or township does not speak of a street office, and the other way round.
with

filings as (
    select * from staging.stg_filings
),

projects as (
    select * from staging.stg_projects
),

objectives as (
    select * from staging.stg_objectives
),

narrative_goals as (
    select * from staging.stg_narrative_goals
),

texts as (
    select
        filing_id,
        cast(null as integer) as project_no,
        section || cast(goal_no as varchar) as place,
        title || '：' || concat_ws(' ', goal_text, indicator_text) as full_text
    from narrative_goals
    union all
    select
        filing_id,
        cast(null as integer) as project_no,
        'overall' as place,
        overall_goal as full_text
    from filings
    where overall_goal is not null
    union all
    select
        filing_id,
        project_no,
        'objective' || cast(objective_no as varchar) as place,
        objective_text as full_text
    from objectives
    union all
    select
        filing_id,
        project_no,
        'purpose' as place,
        purpose as full_text
    from projects
    where purpose is not null
),

-- An office of a company or bank in the town is no street office.
own_texts as (
    select
        filing_id,
        project_no,
        place,
        regexp_replace(
            full_text, '(?:公司|银行|供电|电力|烟草|邮政|保险|信用社|联社|集团|协会|中心)[^，。；、：（）]{0,8}办事处', '', 'g'
        ) as full_text
    from texts
),

marked as (
    select
        own_texts.filing_id,
        own_texts.project_no,
        own_texts.place,
        filings.township,
        own_texts.full_text,
        case
            -- 街道 alone are streets too: only the office, and what belongs to one, is foreign to a town.
            when regexp_matches(filings.township, '[镇乡]$')
                then '(?:[本我]街道|(?:^|[^主干沿条镇集老新路边侧商业])街道(?:办|党|辖区|现有|经济|社区|机关|干部|班子|工委|纪)|(?:^|[^驻村区片行司会路矿站])办事处)'
            when regexp_matches(filings.township, '(?:街道|办事处)$') then '[本我全][镇乡]|镇政府|乡政府|镇党委|乡党委'
        end as pattern
    from own_texts
    inner join filings
        on own_texts.filing_id = filings.filing_id
    where
        -- A pattern from a column would be compiled anew for every text.
        regexp_matches(
            own_texts.full_text,
            '(?:[本我]街道|(?:^|[^主干沿条镇集老新路边侧商业])街道(?:办|党|辖区|现有|经济|社区|机关|干部|班子|工委|纪)|(?:^|[^驻村区片行司会路矿站])办事处)'
        )
        or regexp_matches(own_texts.full_text, '[本我全][镇乡]|镇政府|乡政府|镇党委|乡党委')
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '“'
        || township
        || '”的文本中出现“'
        || regexp_extract(regexp_extract(full_text, pattern), '(?:[本我]?街道|办事处|[本我全]?[镇乡]|.政府|.党委).*')
        || '”' as figures,
        cast(null as decimal(24, 6)) as difference,
        '…' || regexp_extract(full_text, '[^。；]{0,14}' || pattern || '[^。；]{0,14}') || '…' as evidence
    from marked
    where regexp_matches(full_text, pattern)
)

select * from offending
