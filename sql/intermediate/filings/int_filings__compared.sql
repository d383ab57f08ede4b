-- One row per current filing, with the registry's name of its township; is_plan marks those whose targets count.
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
        filings.unit_code,
        filings.unit_name,
        filings.fiscal_year,
        filings.doc_kind,
        filings.overall_goal,
        filings.received_at,
        coalesce(township_names.township, filings.township, filings.unit_name, '（未识别乡镇）') as township
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
        -- Self-evaluations repeat the targets: theirs count only where the plan itself was not filed.
        placed.doc_kind = 'targets'
        or not bool_or(placed.doc_kind = 'targets') over (
            partition by placed.township, placed.fiscal_year
        ) as is_plan
    from placed
    left join townships
        on placed.township = townships.township
),

keyed as (
    select
        *,
        hash(county, township) as township_key
    from completed
)

select * from keyed
