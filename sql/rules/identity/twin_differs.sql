-- A filing that comes under one name in two formats says the same in both.
with

filings as (
    select * from staging.stg_filings
),

projects as (
    select * from staging.stg_projects
),

findings as (
    select * from staging.stg_findings
),

scans as (
    select distinct filing_id
    from findings
    where rule = 'page_recognised'
),

budgets as (
    select
        filing_id,
        list_sort(list(budget_yuan)) as amounts
    from projects
    group by filing_id
),

-- Recognition alone makes two texts differ; of a scan and its twin only other amounts are told.
only_recognised as (
    select twin.filing_id
    from filings as twin
    left join budgets as own
        on twin.filing_id = own.filing_id
    left join budgets as other
        on twin.replaced_by = other.filing_id
    where
        exists (
            select 1
            from scans
            where scans.filing_id in (twin.filing_id, twin.replaced_by)
        )
        and own.amounts is not distinct from other.amounts
),

twins as (
    select
        filings.replaced_by as filing_id,
        string_agg(filings.file_name, '、' order by filings.file_name) as file_names,
        count(*) as twins
    from filings
    anti join only_recognised
        on filings.filing_id = only_recognised.filing_id
    where filings.version_reason = 'twin_differs'
    group by filings.replaced_by
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
