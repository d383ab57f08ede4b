-- One row per scope and its year, indicator and price kind (and project category): how the townships' prices lie.
with

townships as (
    select * from intermediate.int_costs__by_township
),

medians as (
    select
        scope,
        scope_key,
        median(cast(township_value_yuan as double)) as centre
    from townships
    group by scope, scope_key
),

centred as (
    select
        townships.scope,
        townships.scope_key,
        townships.township_value_yuan,
        medians.centre,
        abs(cast(townships.township_value_yuan as double) - medians.centre) as deviation
    from townships
    inner join medians
        on
            townships.scope = medians.scope
            and townships.scope_key = medians.scope_key
),

spread as (
    select
        scope,
        scope_key,
        count(*) as townships,
        cast(min(centre) as decimal(18, 2)) as median_yuan,
        cast(quantile_cont(cast(township_value_yuan as double), 0.25) as decimal(18, 2)) as q1_yuan,
        cast(quantile_cont(cast(township_value_yuan as double), 0.75) as decimal(18, 2)) as q3_yuan,
        min(township_value_yuan) as min_yuan,
        max(township_value_yuan) as max_yuan,
        round(median(deviation), 4) as mad_yuan
    from centred
    group by scope, scope_key
)

select * from spread
