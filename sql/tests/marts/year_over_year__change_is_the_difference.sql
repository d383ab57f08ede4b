-- A change is this year's value less last year's, and its status says the same.
with

changes as (
    select * from mart.year_over_year
),

offending as (
    select
        fiscal_year,
        township,
        item,
        project_category,
        indicator,
        this_value,
        last_value,
        change,
        status
    from changes
    where
        change != this_value - last_value
        or (status = 'raised' and change <= 0)
        or (status = 'lowered' and change >= 0)
        or (status = 'new' and last_filing_id is not null)
        -- What is gone leads to where it stood last year.
        or (status = 'gone' and (filing_id != last_filing_id or this_value is not null))
        or filing_id is null
        or (status != 'new' and last_filing_id is null)
)

select * from offending
