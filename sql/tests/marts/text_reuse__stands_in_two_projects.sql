-- A copied text stands in at least two projects (or filings), and its counts are those of its rows.
with

places as (
    select * from mart.text_reuse
),

groups as (
    select
        fiscal_year,
        reuse_group,
        count(*) as rows_found,
        max(places) as places,
        min(projects) as projects,
        count(distinct hash(filing_id, project_no)) as projects_found
    from places
    group by fiscal_year, reuse_group
)

select * from groups
where
    rows_found != places
    or projects_found != projects
    or projects < 2
