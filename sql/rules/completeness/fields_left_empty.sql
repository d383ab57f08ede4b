-- What a form asks of every project is filled in: what money is for, what a target rests on, what was reached.
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

-- A form asks for what it has filled in anywhere.
asked as (
    select
        filing_id,
        count(*) filter (where trim(coalesce(basis, '')) <> '') as with_basis,
        count(*) filter (where trim(coalesce(actual_raw, '')) <> '') as with_actual
    from indicators
    group by filing_id
),

purposes as (
    select
        filing_id,
        count(*) filter (where trim(coalesce(purpose, '')) <> '') as with_purpose
    from projects
    group by filing_id
),

counted as (
    select
        indicators.filing_id,
        indicators.project_no,
        count(*) filter (where asked.with_basis >= 3 and trim(coalesce(indicators.basis, '')) = '') as without_basis,
        count(*) filter (
            where
            filings.doc_kind = 'self_evaluation'
            and asked.with_actual >= 3
            and trim(coalesce(indicators.actual_raw, '')) = ''
            and trim(coalesce(indicators.target_raw, '')) <> ''
        ) as without_actual,
        list(indicators.indicator_raw order by indicators.indicator_no) filter (
            where
            filings.doc_kind = 'self_evaluation'
            and asked.with_actual >= 3
            and trim(coalesce(indicators.actual_raw, '')) = ''
            and trim(coalesce(indicators.target_raw, '')) <> ''
        ) as names_without_actual
    from indicators
    inner join filings
        on indicators.filing_id = filings.filing_id
    inner join asked
        on indicators.filing_id = asked.filing_id
    group by indicators.filing_id, indicators.project_no
),

missing as (
    select
        projects.filing_id,
        projects.project_no,
        projects.project_name,
        concat_ws(
            '、',
            case
                when trim(coalesce(projects.purpose, '')) = '' and purposes.with_purpose > 0
                    then '资金用途'
            end,
            case when counted.without_basis > 0 then counted.without_basis || '条指标的指标值确定依据' end,
            case
                when counted.without_actual > 0
                    then
                        counted.without_actual || '条指标（“'
                        || array_to_string(counted.names_without_actual[:3], '”“') || '”'
                        || case when counted.without_actual > 3 then '等' else '' end || '）的实际完成值'
            end
        ) as fields
    from projects
    inner join purposes
        on projects.filing_id = purposes.filing_id
    left join counted
        on
            projects.filing_id = counted.filing_id
            and projects.project_no = counted.project_no
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        fields as figures,
        cast(null as decimal(24, 6)) as difference,
        project_name as evidence
    from missing
    where fields <> ''
)

select * from offending
