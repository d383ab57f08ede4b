-- One row per reason of a doubt; holds says whether it keeps a value out of comparisons.
with

renamed as (
    select
        reason,
        holds,
        sentence
    from config.doubt_reasons
)

select * from renamed
