-- One row per comparable target: what it is compared with, and how it stands. Inside its project category where that
-- has peers enough, else across categories; what no group has peers enough for gets no verdict.
with

targets as (
    select * from intermediate.int_targets__comparable
),

scaled as (
    select * from intermediate.int_targets__scaled
),

townships as (
    select * from intermediate.int_targets__by_township
),

measured as (
    select * from intermediate.int_targets__measured
),

thresholds as (
    select * from intermediate.int_thresholds__turned
),

grouped as (
    select
        scaled.row_key,
        scaled.scope,
        scaled.value as compared_value,
        measured.measure,
        measured.is_decided,
        measured.townships - 1 as peers,
        measured.median_value,
        measured.min_value,
        measured.max_value,
        measured.deviation,
        measured.spread_share,
        townships.strictness_rank,
        row_number() over (
            partition by scaled.row_key
            order by measured.townships - 1 >= thresholds.least_peers desc, scaled.scope asc
        ) as place
    from scaled
    inner join measured
        on scaled.group_key = measured.group_key
    inner join townships
        on
            scaled.group_key = townships.group_key
            and scaled.township_key = townships.township_key
    cross join thresholds
),

scored as (
    select
        grouped.* exclude (place),  -- noqa: RF02
        targets.polarity,
        targets.target_kind,
        targets.is_count,
        grouped.compared_value - grouped.median_value as distance,
        -- What lies within the band is alike; outside it the distance is told in the townships' own deviations.
        case
            when targets.is_count then thresholds.count_band_pct / 100 * abs(grouped.median_value)
            when targets.target_kind = 'percent' then thresholds.percent_band
            when targets.target_kind = 'grade' then thresholds.grade_band - 0.001
            when targets.target_kind = 'money' then thresholds.money_band_pct / 100 * abs(grouped.median_value)
            else thresholds.money_band_pct / 100 * abs(grouped.median_value)
        end as band,
        -- Where nearly all agree, their deviation is next to nothing: so much counts as one at least.
        greatest(
            grouped.deviation,
            case targets.target_kind
                when 'percent' then thresholds.percent_band / 2
                when 'grade' then thresholds.grade_band / 4
                else thresholds.least_spread_share * abs(grouped.median_value)
            end
        ) as usual_deviation,
        thresholds.least_peers,
        thresholds.strict_score,
        thresholds.count_spread_share
    from grouped
    inner join targets
        on grouped.row_key = targets.row_key
    cross join thresholds
    where grouped.place = 1
),

judged as (
    select
        * exclude (least_peers, strict_score, count_spread_share),  -- noqa: RF02
        case when peers >= least_peers and usual_deviation > 0 then round(distance / usual_deviation, 4) end
            as strictness_score,
        case
            when peers = 0 then 'alone'
            when peers < least_peers then 'too_few_peers'
            when is_count and spread_share > count_spread_share then 'too_spread'
            when abs(distance) <= band or abs(distance) <= strict_score * usual_deviation then 'normal'
            when polarity = 'fixed' then 'deviates'
            when polarity = 'size' then case when distance > 0 then 'more' else 'less' end
            when (distance > 0) = (polarity = 'higher') then 'stricter'
            else 'looser'
        end as strictness
    from scored
)

select * from judged
