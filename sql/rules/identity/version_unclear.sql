-- Which of two filings of a unit is the later one is told by their dates or one of their names, without contradiction.
with

filings as (
    select * from staging.stg_filings
),

unclear as (
    select
        replaced_by as filing_id,
        string_agg(file_name, '、' order by file_name) as file_names,
        count(*) as filings
    from filings
    where version_reason in ('same_time', 'mark_against_date')
    group by replaced_by
),

offending as (
    select
        unclear.filing_id,
        cast(null as integer) as project_no,
        cast(null as integer) as indicator_no,
        unclear.file_names as figures,
        cast(unclear.filings as decimal(24, 6)) as difference,
        filings.file_name as evidence
    from unclear
    inner join filings
        on unclear.filing_id = filings.filing_id
)

select * from offending
