-- One row per finding that a person has said something about (config/finding_states.csv).
with

renamed as (
    select
        finding_key,
        state,
        reason as state_reason,
        decided_at as state_at
    from config.finding_states
)

select * from renamed
