-- One row per reason of a doubt; holds says whether it keeps a value out of comparisons.
with

renamed as (
    select
        reason,
        holds,
        is_filed,
        sentence
    from config.doubt_reasons
)

select * from renamed
