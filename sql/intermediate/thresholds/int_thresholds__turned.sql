-- One row per build: the thresholds that comparisons are judged by, each in a column of its own (sql/thresholds.csv
-- says why).
with

thresholds as (
    select * from staging.stg_thresholds
),

turned as (
    select
        cast(max(value) filter (where name = 'least_peers') as double) as least_peers,
        cast(max(value) filter (where name = 'few_peers') as double) as few_peers,
        cast(max(value) filter (where name = 'few_ratio') as double) as few_ratio,
        cast(max(value) filter (where name = 'outlier_score') as double) as outlier_score,
        cast(max(value) filter (where name = 'outlier_ratio') as double) as outlier_ratio,
        cast(max(value) filter (where name = 'budget_ratio') as double) as budget_ratio,
        cast(max(value) filter (where name = 'strict_score') as double) as strict_score,
        cast(max(value) filter (where name = 'mad_scale') as double) as mad_scale,
        cast(max(value) filter (where name = 'least_spread_share') as double) as least_spread_share,
        cast(max(value) filter (where name = 'percent_band') as double) as percent_band,
        cast(max(value) filter (where name = 'money_band_pct') as double) as money_band_pct,
        cast(max(value) filter (where name = 'count_band_pct') as double) as count_band_pct,
        cast(max(value) filter (where name = 'grade_band') as double) as grade_band,
        cast(max(value) filter (where name = 'days_band') as double) as days_band,
        cast(max(value) filter (where name = 'shared_share') as double) as shared_share,
        cast(max(value) filter (where name = 'count_spread_share') as double) as count_spread_share,
        cast(max(value) filter (where name = 'carryover_years') as double) as carryover_years,
        cast(max(value) filter (where name = 'budget_band_pct') as double) as budget_band_pct,
        cast(max(value) filter (where name = 'rounding_yuan') as double) as rounding_yuan
    from thresholds
)

select * from turned
