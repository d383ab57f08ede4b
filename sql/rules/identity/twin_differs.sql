-- A filing that comes under one name in two formats says the same in both.
with

filings as (
    select * from staging.stg_filings
),

twins as (
    select
        replaced_by as filing_id,
        string_agg(file_name, '、' order by file_name) as file_names,
        count(*) as twins
    from filings
    where version_reason = 'twin_differs'
    group by replaced_by
),

offending as (
    select
        twins.filing_id,
        cast(null as integer) as project_no,
        cast(null as integer) as indicator_no,
        twins.file_names as figures,
        cast(twins.twins as decimal(24, 6)) as difference,
        filings.file_name as evidence
    from twins
    inner join filings
        on twins.filing_id = filings.filing_id
)

select * from offending
