-- One row per township of the county's registry (config/townships.csv).
with

renamed as (
    select
        township,
        county,
        division_code,
        villages,
        population,
        expects_targets,
        expects_self_evaluation
    from config.townships
)

select * from renamed
