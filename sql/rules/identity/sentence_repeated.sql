-- No goal of the text part says the same sentence twice.
with

narrative_goals as (
    select * from staging.stg_narrative_goals
),

sentences as (
    select
        filing_id,
        section,
        goal_no,
        title,
        unnest(string_split_regex(concat_ws('。', goal_text, indicator_text), '[。；;]')) as sentence
    from narrative_goals
),

counted as (
    select
        filing_id,
        title,
        trim(sentence) as wording,
        count(*) as times
    from sentences
    where length(trim(sentence)) >= 10
    group by filing_id, section, goal_no, title, trim(sentence)
),

offending as (
    select
        filing_id,
        cast(null as integer) as project_no,
        cast(null as integer) as indicator_no,
        '“' || title || '”中出现' || times || '次' as figures,
        cast(times - 1 as decimal(24, 6)) as difference,
        wording as evidence
    from counted
    where times > 1
)

select * from offending
