-- One row per county standard of an indicator (config/standards.csv).
with

renamed as (
    select
        fiscal_year,
        level2_group,
        indicator,
        unit_family,
        comparator,
        standard_value,
        source
    from config.standards
)

select * from renamed
