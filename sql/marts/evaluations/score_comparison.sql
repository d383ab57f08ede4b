-- One row per project of a current self-evaluation with a score: what it gave itself, against the other townships.
-- The total that the form states, else the sum of its points. A township is judged by all its points, a project
-- stands beside those of its category; neither where few others scored.
with

filings as (
    select *
    from intermediate.int_filings__compared
    where doc_kind = 'self_evaluation'
),

projects as (
    select * from core.projects
),

indicators as (
    select * from core.indicators
),

partly_read as (
    select distinct
        filing_id,
        project_no
    from intermediate.int_projects__partly_read
),

thresholds as (
    select * from intermediate.int_thresholds__turned
),

points as (
    select
        filing_id,
        project_no,
        count(*) as indicators,
        count(*) filter (where weight is null or score is null) as without_points,
        sum(weight) as weight,
        sum(score) as score,
        count(*) filter (where score = weight) as full_score_indicators,
        bool_or(is_held) as is_held
    from indicators
    group by filing_id, project_no
),

scored as (
    select
        filings.fiscal_year,
        filings.county,
        filings.county_key,
        filings.township,
        filings.township_key,
        filings.unit_code,
        filings.unit_name,
        filings.doc_kind,
        projects.project_code,
        projects.project_name,
        projects.project_category,
        points.indicators,
        points.full_score_indicators,
        cast(points.score as decimal(9, 4)) as indicator_score,
        cast(points.weight as decimal(9, 4)) as indicator_weight,
        projects.execution_score,
        projects.execution_weight,
        projects.total_score as stated_score,
        case
            when projects.total_score is not null then projects.total_score
            when points.without_points = 0
                then cast(points.score + coalesce(projects.execution_score, 0) as decimal(9, 4))
        end as score,
        case
            -- A total that no weight stands beside is one of a hundred points.
            when projects.total_score is not null then coalesce(projects.total_weight, 100)
            when points.without_points = 0
                then cast(points.weight + coalesce(projects.execution_weight, 0) as decimal(9, 4))
        end as weight,
        coalesce(projects.is_held, false)
        or coalesce(points.is_held and projects.total_score is null, false)
        or partly_read.filing_id is not null as is_held,
        coalesce(
            projects.held_reason,
            case when partly_read.filing_id is not null then '有未读懂或存疑的单元格' end
        ) as held_reason,
        projects.filing_id,
        projects.project_no,
        filings.file_name,
        projects.page,
        projects.table_no,
        projects.row_no
    from filings
    inner join projects
        on filings.filing_id = projects.filing_id
    left join points
        on
            projects.filing_id = points.filing_id
            and projects.project_no = points.project_no
    left join partly_read
        on
            projects.filing_id = partly_read.filing_id
            and projects.project_no = partly_read.project_no
),

rated as (
    select
        *,
        round(100 * cast(score as double) / cast(weight as double), 4) as score_pct
    from scored
    where
        score is not null
        and weight > 0
),

townships as (
    select
        fiscal_year,
        county_key,
        township_key,
        100 * cast(sum(score) as double) / cast(sum(weight) as double) as township_pct
    from rated
    where not is_held
    group by fiscal_year, county_key, township_key
),

centred as (
    select
        *,
        median(township_pct) over among as median_pct,
        count(*) over among - 1 as peers,
        rank() over (
            partition by fiscal_year, county_key
            order by township_pct desc
        ) as rank_high
    from townships
    window among as (partition by fiscal_year, county_key)
),

spread as (
    select
        fiscal_year,
        county_key,
        median(abs(township_pct - median_pct)) as mad_pct
    from centred
    group by fiscal_year, county_key
),

judged_townships as (
    select
        centred.*,
        thresholds.least_peers,
        (centred.township_pct - centred.median_pct)
        / greatest(
            thresholds.mad_scale * spread.mad_pct, thresholds.least_spread_share * centred.median_pct
        ) as robust_score,
        thresholds.outlier_score
    from centred
    inner join spread
        on
            centred.fiscal_year is not distinct from spread.fiscal_year
            and centred.county_key = spread.county_key
    cross join thresholds
),

category_townships as (
    select
        fiscal_year,
        county_key,
        project_category,
        township_key,
        median(score_pct) as score_pct
    from rated
    where not is_held
    group by fiscal_year, county_key, project_category, township_key
),

categories as (
    select
        fiscal_year,
        county_key,
        project_category,
        median(score_pct) as median_pct,
        count(*) as townships
    from category_townships
    group by fiscal_year, county_key, project_category
),

compared as (
    select
        rated.fiscal_year,
        rated.county,
        rated.township,
        rated.unit_code,
        rated.unit_name,
        rated.doc_kind,
        rated.project_code,
        rated.project_name,
        rated.project_category,
        rated.score,
        rated.weight,
        rated.score_pct,
        rated.stated_score,
        rated.indicator_score,
        rated.indicator_weight,
        rated.execution_score,
        rated.execution_weight,
        rated.indicators,
        rated.full_score_indicators,
        case when categories.townships > thresholds.least_peers then round(categories.median_pct, 4) end
            as category_median_pct,
        case
            when categories.townships > thresholds.least_peers and not rated.is_held
                then round(rated.score_pct - categories.median_pct, 4)
        end as category_difference_points,
        round(judged_townships.township_pct, 4) as township_score_pct,
        case when judged_townships.peers >= thresholds.least_peers then round(judged_townships.median_pct, 4) end
            as county_median_pct,
        judged_townships.peers,
        case when judged_townships.peers >= thresholds.least_peers then judged_townships.rank_high end as rank_high,
        case when judged_townships.peers >= thresholds.least_peers then round(judged_townships.robust_score, 4) end
            as robust_score,
        case
            when rated.is_held then 'held'
            when coalesce(judged_townships.peers, 0) < thresholds.least_peers then 'too_few_peers'
            when judged_townships.robust_score > thresholds.outlier_score then 'high'
            when judged_townships.robust_score < -thresholds.outlier_score then 'low'
            else 'normal'
        end as standing,
        rated.is_held,
        rated.held_reason,
        rated.filing_id,
        rated.project_no,
        rated.file_name,
        rated.page,
        rated.table_no,
        rated.row_no
    from rated
    cross join thresholds
    left join judged_townships
        on
            rated.fiscal_year is not distinct from judged_townships.fiscal_year
            and rated.township_key = judged_townships.township_key
    left join categories
        on
            rated.fiscal_year is not distinct from categories.fiscal_year
            and rated.county_key = categories.county_key
            and rated.project_category = categories.project_category
)

select * from compared
order by fiscal_year, county, township, filing_id, project_no
