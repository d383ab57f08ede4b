-- A project code belongs to one unit: two townships of a county do not both have it.
with

filings as (
    select * from staging.stg_filings
),

projects as (
    select * from staging.stg_projects
),

coded as (
    select
        projects.filing_id,
        projects.project_no,
        projects.project_code,
        projects.project_name,
        filings.township,
        filings.doc_kind,
        filings.fiscal_year,
        coalesce(filings.county, '') as county
    from projects
    inner join filings
        on projects.filing_id = filings.filing_id
    where
        filings.is_current
        -- The bureau's own list may hold each township's projects.
        and filings.township is not null
        and length(projects.project_code) >= 15
),

offending as (
    select
        later.filing_id,
        later.project_no,
        cast(null as integer) as indicator_no,
        '与' || min(other.township) || case
            when count(distinct other.township) > 1 then '等' || count(distinct other.township) || '个乡镇'
            else ''
        end || '的项目“' || min(other.project_name) || '”编码相同' as figures,
        cast(null as decimal(24, 6)) as difference,
        later.project_code as evidence
    from coded as later
    inner join coded as other
        on
            later.project_code = other.project_code
            and later.county = other.county
            and later.fiscal_year = other.fiscal_year
            and later.doc_kind = other.doc_kind
            and later.township <> other.township
    group by later.filing_id, later.project_no, later.project_code
    -- A programme that the county runs for all townships may have one code.
    having count(distinct other.township) <= 2
)

select * from offending
