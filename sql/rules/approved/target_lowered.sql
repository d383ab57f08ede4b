-- A self-evaluation keeps to the targets of the plan: none is easier than the one that was approved.
with

filings as (
    select * from staging.stg_filings
),

projects as (
    select * from staging.stg_projects
),

indicators as (
    select * from staging.stg_indicators
),

polarities as (
    select * from intermediate.int_indicators__polarity
),

placed as (
    select
        filings.doc_kind,
        polarities.polarity,
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        indicators.indicator_raw,
        indicators.target_raw,
        coalesce(
            indicators.base_value_low, indicators.value_low, indicators.base_value_high, indicators.value_high
        ) as value,
        hash(
            filings.fiscal_year, coalesce(filings.county, ''), filings.filer, projects.project_category,
            coalesce(projects.is_carryover, false),
            indicators.level2_group,
            indicators.indicator,
            indicators.unit_family
        ) as thing_key
    from filings
    inner join projects
        on filings.filing_id = projects.filing_id
    inner join indicators
        on
            projects.filing_id = indicators.filing_id
            and projects.project_no = indicators.project_no
    inner join polarities
        on
            indicators.filing_id = polarities.filing_id
            and indicators.project_no = polarities.project_no
            and indicators.indicator_no = polarities.indicator_no
    where
        filings.is_current
        and filings.doc_kind in ('targets', 'self_evaluation')
        and indicators.unit_family is not null
        and indicators.target_kind in ('percent', 'quantity', 'number')
),

-- What stands twice in a filing's year cannot be paired.
single as (
    select
        doc_kind,
        thing_key
    from placed
    group by doc_kind, thing_key
    having count(*) = 1
),

comparable as (
    select placed.*
    from placed
    semi join single
        on
            placed.doc_kind = single.doc_kind
            and placed.thing_key = single.thing_key
),

offending as (
    select
        evaluated.filing_id,
        evaluated.project_no,
        evaluated.indicator_no,
        '目标申报时为“' || planned.target_raw || '”，自评表中为“' || evaluated.target_raw || '”' as figures,
        cast(evaluated.value - planned.value as decimal(24, 6)) as difference,
        evaluated.indicator_raw as evidence
    from comparable as evaluated
    inner join comparable as planned
        on
            evaluated.thing_key = planned.thing_key
            and evaluated.doc_kind = 'self_evaluation'
            and planned.doc_kind = 'targets'
    where
        (evaluated.polarity in ('higher', 'size') and evaluated.value < planned.value)
        or (evaluated.polarity = 'lower' and evaluated.value > planned.value)
)

select * from offending
