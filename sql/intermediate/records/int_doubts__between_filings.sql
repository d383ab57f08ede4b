-- One row per value recognised in a picture that another filing of the same unit makes doubtful: the version that
-- this one replaced (its twin in another format, an earlier one) says something else, or last year's differs as misread
-- signs do (≥ lost or read as 2, a decimal point lost). Nothing is put right: a person decides.
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

findings as (
    select * from staging.stg_findings
),

used_cells as (
    select * from staging.stg_used_cells
),

doubts as (
    select * from staging.stg_doubts
),

doubt_reasons as (
    select * from staging.stg_doubt_reasons
),

scans as (
    select distinct filing_id
    from findings
    where rule = 'page_recognised'
),

pairs as (
    select
        own.filing_id,
        other.filing_id as other_id,
        'version_apart' as reason
    from filings as own
    semi join scans
        on own.filing_id = scans.filing_id
    inner join filings as other
        on own.filing_id = other.replaced_by
    anti join scans as scanned
        on other.filing_id = scanned.filing_id
    where own.is_current
    union all
    select
        own.filing_id,
        other.filing_id as other_id,
        'last_year_apart' as reason
    from filings as own
    semi join scans
        on own.filing_id = scans.filing_id
    inner join filings as other
        on
            own.filer = other.filer
            and own.doc_kind = other.doc_kind
            and own.fiscal_year = other.fiscal_year + 1
            and own.county is not distinct from other.county
    where
        own.is_current
        and other.is_current
),

-- A project or an indicator that either filing has twice is compared with none: which is which nobody can tell.
paired_projects as (
    select
        pairs.reason,
        own.filing_id,
        own.project_no,
        other.filing_id as other_id,
        other.project_no as other_project_no
    from pairs
    inner join projects as own
        on pairs.filing_id = own.filing_id
    inner join projects as other
        on
            pairs.other_id = other.filing_id
            and own.project_category = other.project_category
            and own.is_carryover is not distinct from other.is_carryover
    qualify
        count(*) over (partition by pairs.reason, own.filing_id, own.project_no, other.filing_id) = 1
        and count(*) over (partition by pairs.reason, own.filing_id, other.filing_id, other.project_no) = 1
),

paired_indicators as (
    select
        paired_projects.reason,
        paired_projects.filing_id,
        paired_projects.project_no,
        paired_projects.other_id,
        paired_projects.other_project_no,
        own.indicator_no,
        other.indicator_no as other_indicator_no
    from paired_projects
    inner join indicators as own
        on
            paired_projects.filing_id = own.filing_id
            and paired_projects.project_no = own.project_no
    inner join indicators as other
        on
            paired_projects.other_id = other.filing_id
            and paired_projects.other_project_no = other.project_no
            and own.indicator = other.indicator
            and own.level2_group is not distinct from other.level2_group
    qualify
        count(*) over (
            partition by
                paired_projects.reason, own.filing_id, own.project_no, own.indicator_no, paired_projects.other_id
        ) = 1
        and count(*) over (
            partition by
                paired_projects.reason, own.filing_id, paired_projects.other_id, other.project_no, other.indicator_no
        ) = 1
),

paired_values as (
    select
        paired_projects.reason,
        own.filing_id,
        own.project_no,
        cast(null as integer) as indicator_no,
        'budget_raw' as field,
        own.budget_raw as value_read,
        own.budget_yuan = other.budget_yuan as is_same,
        regexp_replace(own.budget_raw, '[^0-9]', '', 'g') as digits,
        regexp_replace(other.budget_raw, '[^0-9]', '', 'g') as other_digits,
        true as is_number,
        own.page,
        own.table_no,
        own.row_no
    from paired_projects
    inner join projects as own
        on
            paired_projects.filing_id = own.filing_id
            and paired_projects.project_no = own.project_no
    inner join projects as other
        on
            paired_projects.other_id = other.filing_id
            and paired_projects.other_project_no = other.project_no
    where
        own.budget_raw is not null
        and other.budget_yuan is not null
    union all
    select
        paired_indicators.reason,
        own.filing_id,
        own.project_no,
        own.indicator_no,
        'target_raw' as field,
        own.target_raw as value_read,
        case
            when own.target_kind = 'text'
                then
                    regexp_replace(translate(own.target_raw, '％～，（）', '%~,()'), '\s', '', 'g')
                    = regexp_replace(translate(other.target_raw, '％～，（）', '%~,()'), '\s', '', 'g')
            else
                hash(
                    own.target_kind, own.comparator, own.value_low, own.value_high, own.unit, own.due_date, own.grade
                ) = hash(
                    other.target_kind, other.comparator, other.value_low, other.value_high, other.unit,
                    other.due_date, other.grade
                )
        end as is_same,
        regexp_replace(own.target_raw, '[^0-9]', '', 'g') as digits,
        regexp_replace(other.target_raw, '[^0-9]', '', 'g') as other_digits,
        coalesce(own.value_low, own.value_high) is not null
        and coalesce(other.value_low, other.value_high) is not null as is_number,
        own.page,
        own.table_no,
        own.row_no
    from paired_indicators
    inner join indicators as own
        on
            paired_indicators.filing_id = own.filing_id
            and paired_indicators.project_no = own.project_no
            and paired_indicators.indicator_no = own.indicator_no
    inner join indicators as other
        on
            paired_indicators.other_id = other.filing_id
            and paired_indicators.other_project_no = other.project_no
            and paired_indicators.other_indicator_no = other.indicator_no
    where
        own.target_raw is not null
        and other.target_raw is not null
),

-- Of two versions any difference counts; from one year to the next, only one that recognition makes and people do not.
apart as (
    select *
    from paired_values
    where
        not coalesce(is_same, false)
        and (
            reason = 'version_apart'
            or (is_number and (digits = other_digits or digits = '2' || other_digits))
        )
),

cells as (
    select
        filing_id,
        project_no,
        indicator_no,
        field,
        min(row_no) as row_no,
        min(table_no) as table_no,
        min(page) as page,
        case when count(*) = 1 then min(col_no) end as col_no
    from used_cells
    group by filing_id, project_no, indicator_no, field
),

-- What is doubted already, or was decided, is not asked again.
settled as (
    select
        doubts.filing_id,
        doubts.project_no,
        doubts.indicator_no,
        doubts.field
    from doubts
    inner join doubt_reasons
        on doubts.reason = doubt_reasons.reason
    where
        doubts.decision <> 'open'
        or doubt_reasons.holds
),

doubted as (
    select
        apart.filing_id,
        apart.project_no,
        apart.indicator_no,
        apart.field,
        apart.value_read,
        apart.reason,
        cast(null as decimal(9, 4)) as confidence,
        coalesce(cells.page, apart.page) as page,
        coalesce(cells.table_no, apart.table_no) as table_no,
        coalesce(cells.row_no, apart.row_no) as row_no,
        cells.col_no,
        'open' as decision,
        cast(null as varchar) as value_decided,
        cast(null as timestamp) as decided_at
    from apart
    left join cells
        on
            apart.filing_id = cells.filing_id
            and apart.project_no = cells.project_no
            and apart.indicator_no is not distinct from cells.indicator_no
            and apart.field = cells.field
    where
        not exists (
            select 1
            from settled
            where
                apart.filing_id = settled.filing_id
                and apart.project_no = settled.project_no
                and apart.indicator_no is not distinct from settled.indicator_no
                and apart.field = settled.field
        )
    qualify
        row_number() over (
            partition by apart.filing_id, apart.project_no, apart.indicator_no, apart.field order by apart.reason desc
        ) = 1
)

select * from doubted
