-- One row per different text of a year and kind: how often it stands, its three-character shingles, and its min-hash
-- sketch: two texts have as large a share of the twelve hashes in common as of their shingles, give or take.
with

texts as (
    select * from intermediate.int_texts__reusable
),

distinct_texts as (
    select
        text_key,
        any_value(fiscal_year) as fiscal_year,
        any_value(text_kind) as text_kind,
        any_value(bare_text) as bare_text,
        count(*) as places
    from texts
    group by text_key
),

-- Where a character stands in a text is found by counting from its beginning: so first pieces of 18 characters, which
-- begin every 16, then their shingles.
shingled as (
    select
        *,
        row_number() over (
            order by places desc, text_key asc
        ) as text_no,
        flatten([
            [hash(substr(piece, i, 3)) for i in range(1, length(piece) - 1)]
            for piece in [substr(bare_text, begin, 18) for begin in range(1, length(bare_text) - 1, 16)]
        ]) as shingles
    from distinct_texts
),

unnested as (
    select
        text_no,
        unnest(shingles) as shingle
    from shingled
),

-- The least hash under different bit masks stands for the least under different hash functions.
sketched as (
    select
        text_no,
        min(xor(shingle, hash(1))) as m1,
        min(xor(shingle, hash(2))) as m2,
        min(xor(shingle, hash(3))) as m3,
        min(xor(shingle, hash(4))) as m4,
        min(xor(shingle, hash(5))) as m5,
        min(xor(shingle, hash(6))) as m6,
        min(xor(shingle, hash(7))) as m7,
        min(xor(shingle, hash(8))) as m8,
        min(xor(shingle, hash(9))) as m9,
        min(xor(shingle, hash(10))) as m10,
        min(xor(shingle, hash(11))) as m11,
        min(xor(shingle, hash(12))) as m12
    from unnested
    group by text_no
),

joined as (
    select
        shingled.fiscal_year,
        shingled.text_kind,
        shingled.text_key,
        shingled.bare_text,
        shingled.places,
        shingled.shingles,
        sketched.*
    from shingled
    inner join sketched
        on shingled.text_no = sketched.text_no
)

select * from joined
