-- One row per indicator of a compared project, with the family that it may be compared in and which way it is good.
with

projects as (
    select * from intermediate.int_projects__compared
),

indicators as (
    select
        *,
        -- The name that the county or the list gives counts: a taught name brings what it is per along.
        coalesce(indicator, indicator_raw) as compared_name,
        row_number() over () as row_key
    from staging.stg_indicators
),

polarities as (
    select * from intermediate.int_indicators__polarity
),

held as (
    select
        filing_id,
        project_no,
        indicator_no,
        held_reason
    from intermediate.int_records__held
    where indicator_no is not null
),

joined as (
    select
        projects.fiscal_year,
        projects.county,
        projects.township,
        projects.county_key,
        projects.township_key,
        projects.unit_code,
        projects.unit_name,
        projects.doc_kind,
        projects.is_plan,
        projects.is_prior,
        projects.budget_yuan,
        projects.project_code,
        projects.project_name,
        projects.project_category,
        projects.file_name,
        indicators.row_key,
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        indicators.level1,
        indicators.level2,
        indicators.indicator_raw,
        indicators.description,
        indicators.target_raw,
        indicators.target_kind,
        indicators.comparator,
        indicators.value_low,
        indicators.value_high,
        indicators.base_value_low,
        indicators.base_value_high,
        indicators.unit,
        indicators.base_unit,
        indicators.due_date,
        indicators.grade,
        -- How much something is to change (提高3个百分点, 较上年下降5%) is no level, unless its name is that of a change.
        (
            regexp_matches(coalesce(indicators.target_notes, ''), '(?:^|\W)(?:increase|decrease)(?:$|\W)')
            or regexp_matches(indicators.target_raw, '百分点|[较比](?:上|去)年|同比|环比')
        )
        and not regexp_matches(indicators.indicator_raw, '增|提高|提升|上升|改善|下降|降低|降幅|减|同比|环比|变化|变动') as is_change,
        indicators.page,
        indicators.table_no,
        indicators.row_no,
        polarities.polarity,
        polarities.polarity_source,
        held.filing_id is not null as is_held,
        held.held_reason,
        coalesce(indicators.level2_group, '') as level2_group,
        indicators.compared_name as indicator,
        indicators.unit_family as filed_family,
        -- What one unit is for: written in the unit (元/村), or in the name (每村分配金额, 村均经费).
        coalesce(
            nullif(regexp_extract(indicators.unit, '/(.+)$', 1), ''),
            case
                when indicators.target_kind = 'money' then nullif(coalesce(
                    nullif(regexp_extract(
                        indicators.compared_name,
                        '每一?[个名位条座家户辆台]?(?:行政)?(村|社区|户|人|亩|公里|平方米|米|次|台|套|件|盏|座|株|年|月)', 1
                    ), ''),
                    regexp_extract(indicators.compared_name, '(村|户|人|亩)均', 1)
                ), '')
            end
        ) as per_what
    from projects
    inner join indicators
        on
            projects.filing_id = indicators.filing_id
            and projects.project_no = indicators.project_no
    inner join polarities
        on
            indicators.filing_id = polarities.filing_id
            and indicators.project_no = polarities.project_no
            and indicators.indicator_no = polarities.indicator_no
    left join held
        on
            indicators.filing_id = held.filing_id
            and indicators.project_no = held.project_no
            and indicators.indicator_no = held.indicator_no
),

-- A price for a month is that for a year divided by twelve: 50元/人·月 meets 600元/人·年. A village's year is its budget's.
timed as (
    select
        * replace (
            case
                when target_kind = 'money'
                    then regexp_replace(
                        regexp_replace(per_what, '(^|[·/])个?月$', '\1年'), '^(村|社区)[·/]年$', '\1'
                    )
                else per_what
            end as per_what
        ),
        case when target_kind = 'money' and regexp_matches(per_what, '(?:^|[·/])个?月$') then 12 else 1 end
            as times_a_year
    from joined
),

directed as (
    select
        *,
        case
            when target_kind = 'money' and per_what is not null
                then 'money/' || per_what
            else coalesce(filed_family, case target_kind when 'quantity' then 'number' else target_kind end, 'none')
        end as unit_family,
        case
            when comparator in ('>=', '>') then 'higher'
            when comparator in ('<=', '<') then 'lower'
        end as own_direction,
        coalesce(base_value_low, value_low) as low,
        coalesce(base_value_high, value_high) as high,
        coalesce(base_unit, unit) as value_unit,
        coalesce(target_kind in ('grade', 'text'), false) as is_qualitative
    from timed
),

-- Whole numbers join ten times as fast as four texts; 64 bits keep a million indicators apart.
keyed as (
    select
        *,
        hash(level2_group, indicator) as name_key,
        hash(level2_group, indicator, unit_family) as indicator_key
    from directed
)

select * from keyed
