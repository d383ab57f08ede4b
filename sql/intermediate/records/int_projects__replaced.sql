-- One row per project of a current filing that no longer counts: a later filing holds it, or a person took it out.
with

filings as (
    select * from staging.stg_filings
),

doubts as (
    select * from staging.stg_doubts
),

held_later as (
    select
        filing_id,
        cast(unnest(string_split(projects_replaced, ' ')) as integer) as project_no
    from filings
    where projects_replaced is not null
),

taken_out as (
    select
        filing_id,
        project_no
    from doubts
    where
        field = 'project_name'
        and decision = 'excluded'
        and project_no is not null
        and indicator_no is null
),

every as (
    select * from held_later
    union
    select * from taken_out
)

select * from every
