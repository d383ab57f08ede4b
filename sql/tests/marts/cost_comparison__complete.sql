-- Each price that counts is compared, and once; so it fails too where prices were there and none was compared.
with

expected as (
    select count(*) as rows_expected
    from core.indicators
    inner join intermediate.int_projects__compared
        on
            indicators.filing_id = int_projects__compared.filing_id
            and indicators.project_no = int_projects__compared.project_no
    where
        int_projects__compared.is_plan
        and indicators.target_kind = 'money'
        and coalesce(indicators.value_low, indicators.value_high) is not null
),

found as (
    select
        count(*) as rows_found,
        count(distinct hash(filing_id, project_no, indicator_no)) as different_rows
    from mart.cost_comparison
)

select
    expected.rows_expected,
    found.rows_found,
    found.different_rows
from expected
cross join found
where
    expected.rows_expected != found.rows_found
    or found.rows_found != found.different_rows
