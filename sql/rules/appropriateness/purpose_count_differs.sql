-- The number of people, households or pieces that the purpose names is that of the indicator that counts them.
with

projects as (
    select * from staging.stg_projects
),

indicators as (
    select * from staging.stg_indicators
),

named as (
    select
        filing_id,
        project_no,
        purpose,
        unnest(regexp_extract_all(purpose, '\d+\s*(?:名|户|盏|辆|台|座|口|眼)[一-龥]{2,6}')) as said
    from projects
    where purpose is not null
),

counted as (
    select
        *,
        cast(regexp_extract(said, '^\d+') as decimal(18, 0)) as said_count,
        regexp_extract(said, '^\d+\s*(.)', 1) as said_unit,
        regexp_extract(said, '^\d+\s*.(?:村级|全镇|全乡|农村|在职|聘用|专职|集中)?([一-龥]{2,4})', 1) as things
    from named
),

-- The same words for the things, and one such number only in the purpose and among the indicators.
paired as (
    select
        counted.*,
        indicators.indicator_no,
        indicators.indicator_raw,
        indicators.target_raw,
        indicators.comparator,
        coalesce(indicators.value_low, indicators.value_high) as value
    from counted
    inner join indicators
        on
            counted.filing_id = indicators.filing_id
            and counted.project_no = indicators.project_no
            and indicators.target_kind = 'quantity'
            and indicators.level2_group = '数量'
            and (
                contains(indicators.indicator_raw, left(counted.things, 3))
                or contains(indicators.indicator_raw, left(counted.things, 2) || '人数')
            )
            and (
                counted.said_unit = indicators.unit
                or (counted.said_unit = '名' and indicators.unit in ('人', '名', '位'))
            )
            and not regexp_matches(indicators.indicator_raw, '其中|新增|人次|次数')
    where length(counted.things) >= 2
    qualify
        count(*) over (partition by counted.filing_id, counted.project_no, indicators.indicator_no) = 1
        and count(*) over (partition by counted.filing_id, counted.project_no, counted.said) = 1
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        '资金用途中写“' || said || '”，指标值为“' || target_raw || '”，不一致' as figures,
        cast(value - said_count as decimal(24, 6)) as difference,
        purpose as evidence
    from paired
    where
        value <> said_count
        -- At least eighteen holds of twenty-four, at most twenty-four of eighteen.
        and not (comparator in ('>=', '>') and value < said_count)
        and not (comparator in ('<=', '<') and value > said_count)
)

select * from offending
