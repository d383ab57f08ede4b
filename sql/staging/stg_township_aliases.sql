-- One row per name that the registry has for a township: its own and its aliases.
with

renamed as (
    select
        name,
        township
    from config.township_aliases
)

select * from renamed
