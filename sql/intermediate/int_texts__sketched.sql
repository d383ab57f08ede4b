-- One row per different text of a year and kind: how often it stands, its three-character shingles, and eight bands
-- of its min-hash sketch. Two texts that share 75 % of their shingles share a band with 97 % probability.
with

texts as (
    select * from intermediate.int_texts__reusable
),

distinct_texts as (
    select
        fiscal_year,
        text_kind,
        bare_text,
        count(*) as places
    from texts
    group by fiscal_year, text_kind, bare_text
),

numbered as (
    select
        *,
        row_number() over (
            order by fiscal_year asc, text_kind asc, places desc, bare_text asc
        ) as text_no
    from distinct_texts
),

shingled as (
    select
        *,
        list_distinct([hash(substr(bare_text, cast(i as bigint), 3)) for i in range(1, length(bare_text) - 1)])
            as shingles
    from numbered
),

sketched as (
    select
        *,
        [
            -- The least hash under different bit masks stands for the least under different hash functions.
            hash([list_min([xor(x, hash(3 * band + turn)) for x in shingles]) for turn in range(0, 3)])
            for band in range(0, 8)
        ] as bands
    from shingled
)

select * from sketched
