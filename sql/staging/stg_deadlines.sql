-- One row per fiscal year and kind of filing for which the county set a date (config/deadlines.csv).
with

renamed as (
    select
        fiscal_year,
        doc_kind,
        due_on
    from config.deadlines
)

select * from renamed
