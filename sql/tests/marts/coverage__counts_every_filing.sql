-- Every filing of the store is counted once, as current or as replaced.
with

filings as (
    select
        count(*) as filings,
        count(*) filter (where is_current) as current_filings
    from core.filings
),

coverage as (
    select
        coalesce(sum(filings_seen), 0) as seen,
        coalesce(sum(filings_current), 0) as current_seen,
        coalesce(sum(filings_replaced), 0) as replaced_seen
    from mart.coverage
)

select
    filings.filings,
    filings.current_filings,
    coverage.seen,
    coverage.current_seen,
    coverage.replaced_seen
from filings
cross join coverage
where
    filings.filings != coverage.seen
    or filings.current_filings != coverage.current_seen
    or coverage.seen != coverage.current_seen + coverage.replaced_seen
