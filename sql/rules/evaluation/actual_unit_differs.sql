-- What was reached is told in what was aimed at: kilometres are not reached by people.
with

indicators as (
    select * from staging.stg_indicators
),

-- 完成100% of 24个 is a share of the target; of counts only those differ that nobody could mean for each other.
families as (
    select
        *,
        string_split(unit_family, '/')[1] as target_family,
        string_split(actual_unit_family, '/')[1] as reached_family
    from indicators
    where
        coalesce(unit, '') <> ''
        and coalesce(actual_unit, '') <> ''
        and target_kind in ('quantity', 'money', 'percent')
        and actual_kind in ('quantity', 'money')
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        '指标值“' || target_raw || '”，实际完成值“' || actual_raw || '”，单位不同，无法比较' as figures,
        cast(null as decimal(24, 6)) as difference,
        indicator_raw as evidence
    from families
    where
        string_split(target_family, ':')[1] <> string_split(reached_family, ':')[1]
        and (
            target_family in ('percent', 'money', 'length', 'area', 'weight')
            or reached_family in ('money', 'length', 'area', 'weight')
        )
)

select * from offending
