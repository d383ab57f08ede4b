-- The shares of one whole do not make up more than all of it.
with

projects as (
    select * from staging.stg_projects
),

shared as (
    select
        filing_id,
        project_no,
        purpose,
        regexp_extract_all(purpose, '占\D{0,6}(\d+(?:\.\d+)?)\s*[%％]', 1) as shares
    from projects
    where
        purpose is not null
        -- Shares of several wholes stand in several sentences.
        and not regexp_matches(purpose, '。.*占.*\d')
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '资金用途中各项占比 ' || array_to_string(shares, '%＋') || '% ＝ '
        || regexp_replace(cast(list_sum([cast(one as decimal(9, 2)) for one in shares]) as varchar), '\.?0+$', '')
        || '%，超过100%' as figures,
        cast(list_sum([cast(one as decimal(9, 2)) for one in shares]) - 100 as decimal(24, 6)) as difference,
        left(purpose, 60) as evidence
    from shared
    where
        length(shares) >= 2
        and list_sum([cast(one as decimal(9, 2)) for one in shares]) > 100.5
)

select * from offending
