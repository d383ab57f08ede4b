-- One row per current filing, with the registry's name of its township; is_plan marks those whose targets count.
-- county_key tells counties apart: by division code, where no form names it by the county's name.
with

filings as (
    select *
    from staging.stg_filings
    where is_current
),

township_names as (
    select * from staging.stg_township_names
),

townships as (
    select * from staging.stg_townships
),

placed as (
    select
        filings.filing_id,
        filings.file_name,
        filings.format,
        filings.county,
        left(filings.division_code, 6) as division_code,
        filings.unit_code,
        filings.unit_name,
        filings.fiscal_year,
        filings.doc_kind,
        filings.overall_goal,
        filings.received_at,
        coalesce(township_names.township, filings.filer) as township
    from filings
    left join township_names
        on
            (filings.township is not distinct from township_names.name)
            and (filings.unit_code is not distinct from township_names.unit_code)
),

completed as (
    select
        placed.filing_id,
        placed.file_name,
        placed.format,
        placed.township,
        placed.unit_code,
        placed.unit_name,
        placed.fiscal_year,
        placed.doc_kind,
        placed.overall_goal,
        placed.received_at,
        -- A form that does not name the county is taken for that of the same township's other filings.
        coalesce(
            placed.county, townships.county, max(placed.county) over (partition by placed.township)
        ) as county,
        coalesce(
            placed.division_code, left(townships.division_code, 6),
            max(placed.division_code) over (partition by placed.township, placed.county)
        ) as division_code,
        -- Self-evaluations repeat the targets: theirs count only where the plan itself was not filed.
        placed.doc_kind = 'targets'
        or not bool_or(placed.doc_kind = 'targets') over (
            partition by placed.township, placed.fiscal_year
        ) as is_plan
    from placed
    left join townships
        on placed.township = townships.township
),

-- A county's name stands for its division where all filings that name it and have a code have the same one.
named as (
    select
        completed.*,
        case
            when
                min(completed.division_code) over (partition by completed.county)
                = max(completed.division_code) over (partition by completed.county)
                then max(completed.division_code) over (partition by completed.county)
        end as county_division
    from completed
),

keyed as (
    select
        * exclude (county_division, division_code),  -- noqa: RF02
        coalesce(division_code, county_division, county, '') as county_key,
        hash(coalesce(division_code, county_division, county, ''), township) as township_key
    from named
)

select * from keyed
