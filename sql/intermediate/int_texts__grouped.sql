-- One row per different text of a year and kind that is the lead of its group, or nearly the same as the lead.
-- Each text is compared with the commonest text of each band it falls into only, so the work grows with the texts.
with

texts as (
    select * from intermediate.int_texts__sketched
),

bands as (
    select
        fiscal_year,
        text_kind,
        text_no,
        generate_subscripts(bands, 1) as band_no,
        unnest(bands) as band
    from texts
),

leads as (
    select
        fiscal_year,
        text_kind,
        band_no,
        band,
        min(text_no) as lead_no
    from bands
    group by fiscal_year, text_kind, band_no, band
    having count(*) > 1
),

candidates as (
    select distinct
        bands.text_no,
        leads.lead_no
    from bands
    inner join leads
        on
            (bands.fiscal_year is not distinct from leads.fiscal_year)
            and bands.text_kind = leads.text_kind
            and bands.band_no = leads.band_no
            and bands.band = leads.band
    where bands.text_no != leads.lead_no
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

measured as (
    select
        text_no,
        lead_no,
        shared / (together - shared) as similarity
    from intersected
    where shared >= 0.75 * (together - shared)
),

nearest as (
    select
        text_no,
        arg_max(lead_no, (similarity, -lead_no)) as lead_no,
        max(similarity) as similarity
    from measured
    group by text_no
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
        texts.bare_text,
        texts.text_no,
        coalesce(followed.lead_no, texts.text_no) as lead_no,
        coalesce(followed.similarity, 1.0) as similarity
    from texts
    left join followed
        on texts.text_no = followed.text_no
)

select * from grouped
