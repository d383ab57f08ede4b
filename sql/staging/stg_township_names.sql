-- One row per township name and unit code met in filings that the registry knows, with the registry's name for it.
with

renamed as (
    select
        name,
        unit_code,
        township
    from config.township_names
)

select * from renamed
