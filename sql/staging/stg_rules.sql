-- One row per review rule: the catalogue's own, with the county's choices (config/rules.csv) over it.
with

renamed as (
    select
        rule,
        title,
        severity,
        sentence,
        dimension,
        holds,
        waits_for,
        yields_to,
        counts_in,
        told_to,
        is_enabled
    from config.rules
)

select * from renamed
