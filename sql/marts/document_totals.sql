-- One row per current filing whose text states how many projects there are and for how much money: that against its
-- own projects. The sum may be that of all money, of this year's, or of the budget's own funds; where a sum is missing
-- or held, a project read in part, or one counts elsewhere, nothing is concluded.
with

filings as (
    select * from intermediate.int_filings__compared
),

stated as (
    select
        filing_id,
        stated_projects,
        stated_yuan,
        stated_raw,
        stated_row_no,
        projects_replaced
    from staging.stg_filings
    where stated_projects is not null
),

projects as (
    select * from intermediate.int_projects__compared
),

partly_read as (
    select distinct filing_id
    from intermediate.int_projects__partly_read
),

thresholds as (
    select * from intermediate.int_thresholds__turned
),

summed as (
    select
        filing_id,
        count(*) as projects,
        count(*) filter (where not is_prior) as current_projects,
        count(*) filter (where budget_yuan is null or is_held) as projects_unsure,
        cast(sum(budget_yuan) as decimal(18, 2)) as total_yuan,
        cast(sum(budget_yuan) filter (where not is_prior) as decimal(18, 2)) as current_yuan,
        cast(sum(fiscal_yuan) as decimal(18, 2)) as fiscal_yuan
    from projects
    group by filing_id
),

joined as (
    select
        filings.fiscal_year,
        filings.county,
        filings.township,
        filings.unit_name,
        filings.doc_kind,
        stated.stated_projects,
        coalesce(summed.projects, 0) as projects,
        coalesce(summed.projects, 0) - stated.stated_projects as projects_difference,
        stated.stated_yuan,
        summed.total_yuan,
        summed.current_yuan,
        cast(summed.total_yuan - stated.stated_yuan as decimal(18, 2)) as difference_yuan,
        stated.stated_raw,
        coalesce(summed.projects_unsure, 1) > 0
        or partly_read.filing_id is not null
        or stated.projects_replaced is not null as is_held,
        stated.stated_projects in (summed.projects, summed.current_projects) as is_same_count,
        least(
            abs(summed.total_yuan - stated.stated_yuan),
            abs(summed.current_yuan - stated.stated_yuan),
            abs(summed.fiscal_yuan - stated.stated_yuan)
        ) <= thresholds.rounding_yuan * greatest(summed.projects, 1) as is_same_sum,
        filings.filing_id,
        filings.file_name,
        cast(null as integer) as page,
        0 as table_no,
        stated.stated_row_no as row_no
    from filings
    inner join stated
        on filings.filing_id = stated.filing_id
    cross join thresholds
    left join summed
        on filings.filing_id = summed.filing_id
    left join partly_read
        on filings.filing_id = partly_read.filing_id
),

judged as (
    select
        fiscal_year,
        county,
        township,
        unit_name,
        doc_kind,
        stated_projects,
        projects,
        projects_difference,
        stated_yuan,
        total_yuan,
        current_yuan,
        difference_yuan,
        case
            when is_held then 'held'
            when not is_same_count and not is_same_sum then 'both_differ'
            when not is_same_count then 'count_differs'
            when not is_same_sum then 'sum_differs'
            else 'same'
        end as standing,
        stated_raw,
        filing_id,
        file_name,
        page,
        table_no,
        row_no
    from joined
)

select * from judged
order by fiscal_year, county, township, filing_id
