-- One row per threshold that comparisons are judged by (sql/thresholds.csv, with the county's own in
-- config/thresholds.csv).
with

renamed as (
    select
        name,
        value
    from config.thresholds
)

select * from renamed
