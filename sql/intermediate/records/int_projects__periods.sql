-- One row per project whose form states its period: first and last day, null where it states only the other.
with

statements as (
    select * from staging.stg_statements
),

-- Begin and end may stand under one label or two.
periods as (
    select
        filing_id,
        project_no,
        max(date_from) as begins_on,
        min(date_to) as ends_on,
        string_agg(said_raw, '—' order by statement_no) as said
    from statements
    where
        fact = 'period'
        and (date_from is not null or date_to is not null)
    group by filing_id, project_no
    having
        count(date_from) <= 1
        and count(date_to) <= 1
)

select * from periods
