-- One row per indicator or project category whose denominator the county decided (config/denominators.csv).
with

renamed as (
    select
        name,
        measure
    from config.denominators
)

select * from renamed
