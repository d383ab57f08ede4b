-- A price's difference, ratio and flag follow from its price, the median and the peers.
with

costs as (
    select * from mart.cost_comparison
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        compared_yuan,
        county_median_yuan,
        difference_yuan,
        ratio_to_median,
        peers,
        outlier
    from costs
    where
        difference_yuan != compared_yuan - county_median_yuan
        or abs(ratio_to_median * county_median_yuan - compared_yuan) > 0.0001 * abs(county_median_yuan) + 0.01
        or (outlier in ('high', 'low', 'normal')) != coalesce(peers >= 5, false)
        or (outlier = 'high' and ratio_to_median < 1)
        or (outlier = 'low' and ratio_to_median > 1)
        or township_value_yuan not between county_min_yuan and county_max_yuan
        or county_median_yuan not between county_q1_yuan and county_q3_yuan
)

select * from offending
