-- One year does no more of a thing than the whole term.
with

counted as (
    select * from intermediate.int_texts__counted
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        '实施期目标写“' || piece || '”，本年指标值为“' || target_raw || '”，大于实施期目标' as figures,
        cast(value - said_value as decimal(24, 6)) as difference,
        piece as evidence
    from counted
    where
        source = 'goal_long'
        and value > said_value
        and not regexp_matches(piece, '每年|年均|当年|本年')
)

select * from offending
