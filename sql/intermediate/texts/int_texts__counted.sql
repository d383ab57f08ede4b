-- One row per number of things that a text of a project names (goal, purpose, what was achieved, the whole term's goal)
-- and the one indicator that counts the same: the same unit, two characters of its name beside the number, no second
-- such number in the text and no second such indicator in the project.
with

objectives as (
    select * from staging.stg_objectives
),

projects as (
    select * from staging.stg_projects
),

statements as (
    select * from staging.stg_statements
),

indicators as (
    select * from staging.stg_indicators
),

texts as (
    select
        filing_id,
        project_no,
        'goal' as source,
        objective_text as full_text
    from objectives
    union all
    select
        filing_id,
        project_no,
        'purpose' as source,
        purpose as full_text
    from projects
    where purpose is not null
    union all
    select
        filing_id,
        project_no,
        fact as source,
        said_raw as full_text
    from statements
    where fact in ('achieved', 'goal_long')
),

pieces as (
    select
        filing_id,
        project_no,
        source,
        unnest(string_split_regex(full_text, '[，。；;！\n]')) as piece
    from texts
),

numbers as (
    select
        *,
        unnest(regexp_extract_all(
            piece,
            '\d+(?:\.\d+)?\s*(?:公里|千米|平方米|立方米|公顷|人次|米|亩|个|处|座|口|眼|盏|辆|台|套|件|条|场|次|期|名|人|户|株|棵|册|只|头|间|栋|吨)'
        )) as said
    from pieces
    -- A number per something, a part of a whole, a share and a change count something else.
    where not regexp_matches(piece, '/|每|人均|户均|村均|其中|以上|不少于|至少|约|左右|余|多[个处座口名人户]|提高|增加|减少|下降|新增|完成率')
),

counted as (
    select
        *,
        cast(regexp_extract(said, '^\d+(?:\.\d+)?') as decimal(18, 4)) as said_value,
        regexp_extract(said, '[^\d.\s]+$') as said_unit
    from numbers
),

-- What counts persons, and whatever the unit: 名, 人 and 位 are one.
united as (
    select
        *,
        case when said_unit in ('名', '人', '位') then '人' when said_unit = '千米' then '公里' else said_unit end as unit,
        [
            substr(piece, cast(i as integer), 2)
            for i in range(1, length(piece))
            if not regexp_matches(
                substr(piece, cast(i as integer), 2), '[^一-龥]|完成|建设|实施|开展|项目|工程|全年|年度|全镇|全乡|公里|农村|村级|人次|数量'
            )
        ] as pairs,
        count(*) over (partition by filing_id, project_no, source, case
            when said_unit in ('名', '人', '位') then '人'
            else said_unit
        end) as numbers_of_unit
    from counted
),

measured as (
    select
        filing_id,
        project_no,
        indicator_no,
        indicator_raw,
        target_raw,
        actual_raw,
        comparator,
        level2_group,
        coalesce(value_low, value_high) as value,
        coalesce(actual_value_low, actual_value_high) as actual_value,
        actual_comparator,
        actual_unit_family,
        unit_family,
        case when unit in ('名', '人', '位') then '人' else unit end as unit,
        [substr(indicator_raw, cast(i as integer), 2) for i in range(1, length(indicator_raw))] as pairs,
        count(*) over (
            partition by filing_id, project_no, case when unit in ('名', '人', '位') then '人' else unit end
        ) as rows_of_unit
    from indicators
    where target_kind = 'quantity'
),

paired as (
    select
        united.filing_id,
        united.project_no,
        united.source,
        trim(united.piece) as piece,
        united.said,
        united.said_value,
        united.unit,
        measured.indicator_no,
        measured.indicator_raw,
        measured.target_raw,
        measured.comparator,
        measured.value,
        measured.actual_raw,
        measured.actual_value,
        measured.actual_comparator,
        (
            coalesce(measured.actual_unit_family, measured.unit_family, '') = coalesce(measured.unit_family, '')
            -- 0.335万人次 is 3350人次.
            and not contains(coalesce(measured.actual_raw, ''), '万')
        ) as is_same_unit
    from united
    inner join measured
        on
            united.filing_id = measured.filing_id
            and united.project_no = measured.project_no
            and united.unit = measured.unit
            and list_has_any(united.pairs, measured.pairs)
    where
        united.numbers_of_unit = 1
        and not contains(measured.target_raw, '万')
        -- Three villages have the road, five have the use of it.
        and not (united.unit in ('个', '户', '人') and regexp_matches(measured.indicator_raw, '受益|覆盖|惠及|辐射|服务'))
        and measured.rows_of_unit = 1
)

select * from paired
