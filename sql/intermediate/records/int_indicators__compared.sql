-- One row per indicator of a compared project, with the family that it may be compared in and its own direction.
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

joined as (
    select
        projects.fiscal_year,
        projects.county,
        projects.township,
        projects.township_key,
        projects.unit_code,
        projects.unit_name,
        projects.doc_kind,
        projects.is_plan,
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
        indicators.page,
        indicators.table_no,
        indicators.row_no,
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
),

directed as (
    select
        *,
        case
            when target_kind = 'money' and per_what is not null and coalesce(filed_family, 'money') = 'money'
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
    from joined
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
