-- A self-evaluation evaluates each indicator of the plan.
with

keyed as (
    select * from intermediate.int_projects__keyed
),

indicators as (
    select * from staging.stg_indicators
),

placed as (
    select *
    from keyed
    where
        is_current
        and doc_kind in ('targets', 'self_evaluation')
        and fiscal_year is not null
    qualify count(*) over (partition by doc_kind, project_key) = 1
),

pairs as (
    select
        evaluated.filing_id,
        evaluated.project_no,
        planned.filing_id as plan_id,
        planned.project_no as plan_no,
        planned.file_name as plan_name
    from placed as evaluated
    inner join placed as planned
        on
            evaluated.project_key = planned.project_key
            and evaluated.doc_kind = 'self_evaluation'
            and planned.doc_kind = 'targets'
),

planned as (
    select
        pairs.*,
        indicators.level2_group,
        indicators.indicator,
        indicators.indicator_raw,
        indicators.indicator_no
    from pairs
    inner join indicators
        on
            pairs.plan_id = indicators.filing_id
            and pairs.plan_no = indicators.project_no
),

-- Where the evaluation has as many of the group another wording may be the same indicator.
matched as (
    select
        planned.*,
        exists(
            select 1
            from indicators
            where
                planned.filing_id = indicators.filing_id
                and planned.project_no = indicators.project_no
                and planned.level2_group is not distinct from indicators.level2_group
                and planned.indicator = indicators.indicator
        ) as is_evaluated,
        count(*) over (partition by planned.filing_id, planned.project_no, planned.level2_group) as planned_rows,
        (
            select count(*)
            from indicators
            where
                planned.filing_id = indicators.filing_id
                and planned.project_no = indicators.project_no
                and planned.level2_group is not distinct from indicators.level2_group
        ) as evaluated_rows
    from planned
),

missed as (
    select
        *,
        count(*) filter (where is_evaluated) over (partition by filing_id, project_no) as found_rows,
        count(*) over (partition by filing_id, project_no) as all_rows
    from matched
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        string_agg('“' || indicator_raw || '”', '、' order by indicator_no) as figures,
        cast(count(*) as decimal(24, 6)) as difference,
        any_value(plan_name) as evidence
    from missed
    where
        not is_evaluated
        and evaluated_rows < planned_rows
        -- Most of the others are there by name: the two forms speak of the same.
        and found_rows >= 0.6 * all_rows
    group by filing_id, project_no, level2_group, planned_rows, evaluated_rows
    having count(*) = planned_rows - evaluated_rows
)

select * from offending
