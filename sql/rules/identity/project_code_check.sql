-- The last character of a project code with the letter P follows from the other twenty.
with

projects as (
    select * from staging.stg_projects
),

coded as (
    select
        filing_id,
        project_no,
        project_code,
        upper(regexp_replace(project_code, '\s', '', 'g')) as code
    from projects
    where regexp_full_match(upper(regexp_replace(project_code, '\s', '', 'g')), '\d{8}P\d{6}\d{5}[0-9A-HJ-NP-RTUWXY]')
),

-- Weights 3^i mod 31 from the left; the alphabet of GB 32100 knows no I, O, S, V, Z.
places as (
    select
        unnest(range(1, 21)) as place,
        unnest([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 22, 4, 12]) as factor
),

checked as (
    select
        coded.filing_id,
        coded.project_no,
        coded.project_code,
        coded.code,
        substr(
            '0123456789ABCDEFGHJKLMNPQRTUWXY',
            cast(31 - sum(
                (strpos('0123456789ABCDEFGHJKLMNPQRTUWXY', substr(coded.code, places.place, 1)) - 1) * places.factor
            ) % 31 as bigint),
            1
        ) as expected
    from coded
    cross join places
    group by all
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '末位为“' || right(code, 1) || '”，按规则应为“' || expected || '”' as figures,
        cast(null as decimal(24, 6)) as difference,
        project_code as evidence
    from checked
    where right(code, 1) <> expected
)

select * from offending
