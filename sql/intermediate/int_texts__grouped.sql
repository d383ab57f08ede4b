-- One row per different text of a year and kind: the lead of its group, and how near it is to its nearest lead.
-- Each text is compared with one other only: of the commonest texts of the bands that it falls into, the one that it
-- meets most often. So the work grows with the number of texts, not with its square.
with

texts as (
    select * from intermediate.int_texts__sketched
),

band_numbers as (
    select unnest(range(1, 7)) as band_no
),

bands as (
    select
        texts.text_no,
        hash(texts.fiscal_year, texts.text_kind, band_numbers.band_no, texts.bands[band_numbers.band_no]) as band
    from texts
    cross join band_numbers
),

leads as (
    select
        band,
        min(text_no) as lead_no
    from bands
    group by band
    having count(*) > 1
),

met as (
    select
        bands.text_no,
        leads.lead_no,
        count(*) as shared_bands
    from bands
    inner join leads
        on
            bands.band = leads.band
            and bands.text_no != leads.lead_no
    group by bands.text_no, leads.lead_no
),

candidates as (
    select
        text_no,
        cast(arg_max(lead_no, shared_bands * 1000000000 - lead_no) as bigint) as lead_no
    from met
    group by text_no
),

intersected as (
    select
        candidates.text_no,
        candidates.lead_no,
        len(list_intersect(texts.shingles, lead_texts.shingles)) as shared,
        len(texts.shingles) + len(lead_texts.shingles) as together
    from candidates
    inner join texts
        on candidates.text_no = texts.text_no
    inner join texts as lead_texts
        on candidates.lead_no = lead_texts.text_no
),

nearest as (
    select
        text_no,
        lead_no,
        shared / (together - shared) as similarity
    from intersected
    where shared >= 0.75 * (together - shared)
),

-- A lead may itself be near another text: its followers then belong to that one's group.
followed as (
    select
        nearest.text_no,
        coalesce(second.lead_no, first.lead_no, nearest.lead_no) as lead_no,
        nearest.similarity
    from nearest
    left join nearest as first
        on nearest.lead_no = first.text_no
    left join nearest as second
        on first.lead_no = second.text_no
),

grouped as (
    select
        texts.fiscal_year,
        texts.text_kind,
        texts.text_key,
        texts.bare_text,
        texts.text_no,
        coalesce(followed.lead_no, texts.text_no) as lead_no,
        coalesce(followed.similarity, 1.0) as similarity
    from texts
    left join followed
        on texts.text_no = followed.text_no
)

select * from grouped
