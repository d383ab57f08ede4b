-- What is not current was replaced by a filing of the store, and what is current was not.
with

filings as (
    select * from core.filings
),

offending as (
    select
        filings.filing_id,
        filings.is_current,
        filings.replaced_by,
        filings.version_reason
    from filings
    left join filings as successors
        on filings.replaced_by = successors.filing_id
    where
        filings.is_current = (filings.replaced_by is not null)
        or (filings.replaced_by is not null and successors.filing_id is null)
)

select * from offending
