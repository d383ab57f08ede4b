-- The staff in place are civil servants and those of public institutions together.
with

statements as (
    select * from staging.stg_statements
),

counted as (
    select
        filing_id,
        project_no,
        regexp_replace(label, '其中[:：]?|[\s（(].*$', '', 'g') as label,
        said_raw,
        statement_no,
        try_cast(regexp_extract(said_raw, '^\s*(\d+)\s*[人名]?\s*$', 1) as integer) as people
    from statements
    where fact = 'staff'
),

stated as (
    select
        filing_id,
        project_no,
        max(people) filter (where regexp_matches(label, '在职|实有|在编')) as present,
        max(people) filter (where regexp_matches(label, '编制') and not regexp_matches(label, '行政|事业')) as planned,
        max(people) filter (where regexp_full_match(label, '行政(?:人数|人员)?')) as civil,
        max(people) filter (where regexp_full_match(label, '事业(?:人数|人员)?')) as institutional
    from counted
    group by filing_id, project_no
    having bool_and(people is not null) and count(*) = count(distinct label)
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '在职人数 ' || present || '人，行政 ' || civil || '人 ＋ 事业 ' || institutional || '人 ＝ ' || (civil + institutional) || '人'
            as figures,
        cast(present - civil - institutional as decimal(24, 6)) as difference,
        '在职人数 ' || present as evidence
    from stated
    where
        civil + institutional <> present
        -- The parts may be those of the planned posts.
        and civil + institutional is distinct from planned
)

select * from offending
