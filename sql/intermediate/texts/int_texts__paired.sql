-- One row per pair of texts that are compared: each text with the commonest of those that share most pairs of hashes of
-- its sketch, which holds large groups together, and with its most like neighbour where the sketches are sorted from
-- three of their hashes on, which finds the small ones. So the work grows with the number of texts, not its square.
with

texts as (
    select * from intermediate.int_texts__sketched
),

bands as (
    select
        text_no,
        hash(fiscal_year, text_kind, 1, m1, m2) as band
    from texts
    union all
    select
        text_no,
        hash(fiscal_year, text_kind, 2, m3, m4) as band
    from texts
    union all
    select
        text_no,
        hash(fiscal_year, text_kind, 3, m5, m6) as band
    from texts
    union all
    select
        text_no,
        hash(fiscal_year, text_kind, 4, m7, m8) as band
    from texts
    union all
    select
        text_no,
        hash(fiscal_year, text_kind, 5, m9, m10) as band
    from texts
    union all
    select
        text_no,
        hash(fiscal_year, text_kind, 6, m11, m12) as band
    from texts
),

leads as (
    select
        band,
        min(text_no) as lead_no
    from bands
    group by band
    having count(*) > 1
),

met_leads as (
    select
        bands.text_no,
        leads.lead_no as other_no,
        count(*) as shared_bands
    from bands
    inner join leads
        on
            bands.band = leads.band
            and bands.text_no != leads.lead_no
    group by bands.text_no, leads.lead_no
    having count(*) >= 2
),

chosen_leads as (
    select
        text_no,
        arg_max(other_no, shared_bands * 1000000000 - other_no) as other_no
    from met_leads
    group by text_no
),

neighbours as (
    select
        text_no,
        lag(text_no) over (
            partition by fiscal_year, text_kind, m1
            order by m2, m3, m4, m5, text_no
        ) as other_no
    from texts
    union all
    select
        text_no,
        lag(text_no) over (
            partition by fiscal_year, text_kind, m5
            order by m6, m7, m8, m9, text_no
        ) as other_no
    from texts
    union all
    select
        text_no,
        lag(text_no) over (
            partition by fiscal_year, text_kind, m9
            order by m10, m11, m12, m1, text_no
        ) as other_no
    from texts
),

met as (
    select
        text_no,
        other_no,
        true as is_lead
    from chosen_leads
    union all
    select distinct
        text_no,
        other_no,
        false as is_lead
    from neighbours
    where other_no is not null
),

estimated as (
    select
        met.is_lead,
        met.text_no,
        met.other_no,
        (
            cast(texts.m1 = others.m1 as integer)
            + cast(texts.m2 = others.m2 as integer)
            + cast(texts.m3 = others.m3 as integer)
            + cast(texts.m4 = others.m4 as integer)
            + cast(texts.m5 = others.m5 as integer)
            + cast(texts.m6 = others.m6 as integer)
            + cast(texts.m7 = others.m7 as integer)
            + cast(texts.m8 = others.m8 as integer)
            + cast(texts.m9 = others.m9 as integer)
            + cast(texts.m10 = others.m10 as integer)
            + cast(texts.m11 = others.m11 as integer)
            + cast(texts.m12 = others.m12 as integer)
        ) as shared_hashes
    from met
    inner join texts
        on met.text_no = texts.text_no
    inner join texts as others
        on met.other_no = others.text_no
),

-- Eight of twelve: of texts that share 85 % of their shingles 97 % get through, of such that share half one in five.
likely as (
    select *
    from estimated
    where shared_hashes >= 8
),

sides as (
    select
        is_lead,
        text_no,
        other_no,
        shared_hashes
    from likely
    union all
    select
        is_lead,
        other_no as text_no,
        text_no as other_no,
        shared_hashes
    from likely
    where not is_lead
),

chosen as (
    select
        is_lead,
        text_no,
        arg_max(other_no, cast(shared_hashes as bigint) * 1000000000 - other_no) as other_no
    from sides
    group by is_lead, text_no
),

candidates as (
    select distinct
        cast(greatest(text_no, other_no) as bigint) as text_no,
        cast(least(text_no, other_no) as bigint) as lead_no
    from chosen
),

listed as (
    select
        candidates.text_no,
        candidates.lead_no,
        texts.shingles,
        others.shingles as other_shingles
    from candidates
    inner join texts
        on candidates.text_no = texts.text_no
    inner join texts as others
        on candidates.lead_no = others.text_no
),

-- How many different shingles both have; short lists are searched in a tenth of the time that hashing them takes.
intersected as (
    select
        text_no,
        lead_no,
        len(shingles) + len(other_shingles) as together,
        case
            when greatest(len(shingles), len(other_shingles)) <= 400
                then len([
                    shingle for shingle, place in shingles
                    if list_position(shingles, shingle) = place and list_contains(other_shingles, shingle)
                ])
            else len(list_intersect(shingles, other_shingles))
        end as shared
    from listed
),

measured as (
    select
        text_no,
        lead_no,
        shared / (together - shared) as similarity
    from intersected
)

select * from measured
