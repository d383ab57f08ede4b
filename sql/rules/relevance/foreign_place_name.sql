-- A filing speaks of its own township, not of another one of the county.
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

townships as (
    select distinct
        coalesce(county, '') as county,
        township
    from filings
    where length(township) >= 3
),

texts as (
    select
        filing_id,
        cast(null as integer) as project_no,
        title || '：' || concat_ws(' ', goal_text, indicator_text) as full_text
    from narrative_goals
    union all
    select
        filing_id,
        cast(null as integer) as project_no,
        overall_goal as full_text
    from filings
    union all
    select
        filing_id,
        project_no,
        objective_text as full_text
    from objectives
    union all
    select
        filing_id,
        project_no,
        concat_ws(' ', project_name, purpose) as full_text
    from projects
),

-- Of each text the pieces that end as a township's name ends, in the lengths that such names have: looking these up is
-- quicker than looking for every name in every text.
endings as (
    select distinct right(township, 1) as ending
    from townships
),

lengths as (
    select distinct length(township) as name_length
    from townships
),

pieces as (
    select
        texts.filing_id,
        texts.project_no,
        texts.full_text,
        endings.ending,
        unnest(string_split(texts.full_text, endings.ending)[:-2]) as piece
    from texts
    inner join endings
        on contains(texts.full_text, endings.ending)
),

looked_up as (
    select distinct
        pieces.filing_id,
        pieces.project_no,
        pieces.full_text,
        townships.township
    from pieces
    cross join lengths
    inner join townships
        on right(pieces.piece, lengths.name_length - 1) || pieces.ending = townships.township
),

-- A name that has its last character inside too (镇江镇) is cut in two above.
searched as (
    select
        texts.filing_id,
        texts.project_no,
        texts.full_text,
        townships.township
    from texts
    inner join townships
        on contains(texts.full_text, townships.township)
    where contains(left(townships.township, -1), right(townships.township, 1))
),

mentioned as (
    select * from looked_up
    union
    select * from searched
),

offending as (
    select
        mentioned.filing_id,
        mentioned.project_no,
        cast(null as integer) as indicator_no,
        '“' || filings.township || '”的文本中出现“' || mentioned.township || '”' as figures,
        cast(null as decimal(24, 6)) as difference,
        '…' || regexp_extract(mentioned.full_text, '[^。；]{0,14}' || mentioned.township || '[^。；]{0,14}') || '…'
            as evidence
    from mentioned
    inner join filings
        on mentioned.filing_id = filings.filing_id
    where
        filings.township <> mentioned.township
        and exists (
            select 1
            from townships
            where
                townships.township = mentioned.township
                and townships.county = coalesce(filings.county, '')
        )
        and not contains(filings.township, mentioned.township)
        and not contains(mentioned.township, filings.township)
        -- A neighbour is named where a road leads to it, and where work is done together.
        and not regexp_matches(mentioned.full_text, '(?:与|和|同|至|到|通往|毗邻|邻近|联合|经|、|—|-|~)' || mentioned.township)
        and not regexp_matches(
            mentioned.full_text,
            mentioned.township || '(?:交界|接壤|毗邻|边界|段|线|路|至|到|方向|大桥|桥|河|水库|渠|流域|中学|小学|中心校|卫生院|派出所|法庭|联合|共建|以[东南西北])'
        )
)

select * from offending
