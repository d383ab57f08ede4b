-- The number of things that a goal names is that of the one indicator that counts them.
with

counted as (
    select * from intermediate.int_texts__counted
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        '绩效目标写“' || piece || '”，指标值为“' || target_raw || '”，不一致' as figures,
        cast(value - said_value as decimal(24, 6)) as difference,
        piece as evidence
    from counted
    where
        source = 'goal'
        and value <> said_value
        -- Lengths and areas are planned to the figure; of what is counted at least seven holds of nine.
        and (
            unit in ('公里', '米', '平方米', '亩', '公顷')
            or not (comparator in ('>=', '>') and value < said_value)
        )
        and not (comparator in ('<=', '<') and value > said_value)
)

select * from offending
