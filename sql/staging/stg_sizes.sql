-- One row per township and measure of its size (config/sizes.csv).
with

renamed as (
    select
        township,
        measure,
        amount
    from config.sizes
)

select * from renamed
