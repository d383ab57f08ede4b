-- One row per indicator name and kind of target that the list or the county gives a polarity (sql/polarity,
-- config/polarity.csv).
with

renamed as (
    select
        indicator_raw,
        indicator,
        target_kind,
        polarity,
        polarity_source,
        is_certain
    from config.polarities
)

select * from renamed
