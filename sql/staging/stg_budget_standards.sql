-- One row per project category whose budget is so much for each of a measure (config/standards.csv).
with

renamed as (
    select
        fiscal_year,
        project_category,
        measure,
        comparator,
        standard_yuan,
        source
    from config.budget_standards
)

select * from renamed
