-- One row per different text of a year and kind: the first text of its group, and how near its nearest text there is.
-- Nearly the same are texts that share at least 75 % of their shingles; texts near to one text are one group.
with

texts as (
    select * from intermediate.int_texts__sketched
),

near as (
    select *
    from intermediate.int_texts__paired
    where similarity >= 0.75
),

edges as (
    select
        text_no,
        lead_no as other_no,
        similarity
    from near
    union all
    select
        lead_no as text_no,
        text_no as other_no,
        similarity
    from near
),

-- Each text takes the lowest number among its neighbours, and that one's, three times over.
labels_0 as (
    select
        text_no,
        text_no as label,
        max(similarity) as similarity
    from edges
    group by text_no
),

lowered_1 as (
    select
        labels.text_no,
        least(labels.label, coalesce(min(neighbours.label), labels.label)) as label
    from labels_0 as labels
    left join edges
        on labels.text_no = edges.text_no
    left join labels_0 as neighbours
        on edges.other_no = neighbours.text_no
    group by labels.text_no, labels.label
),

labels_1 as (
    select
        lowered.text_no,
        least(lowered.label, beyond.label) as label
    from lowered_1 as lowered
    inner join lowered_1 as beyond
        on lowered.label = beyond.text_no
),

lowered_2 as (
    select
        labels.text_no,
        least(labels.label, coalesce(min(neighbours.label), labels.label)) as label
    from labels_1 as labels
    left join edges
        on labels.text_no = edges.text_no
    left join labels_1 as neighbours
        on edges.other_no = neighbours.text_no
    group by labels.text_no, labels.label
),

labels_2 as (
    select
        lowered.text_no,
        least(lowered.label, beyond.label) as label
    from lowered_2 as lowered
    inner join lowered_2 as beyond
        on lowered.label = beyond.text_no
),

lowered_3 as (
    select
        labels.text_no,
        least(labels.label, coalesce(min(neighbours.label), labels.label)) as label
    from labels_2 as labels
    left join edges
        on labels.text_no = edges.text_no
    left join labels_2 as neighbours
        on edges.other_no = neighbours.text_no
    group by labels.text_no, labels.label
),

labels_3 as (
    select
        lowered.text_no,
        least(lowered.label, beyond.label) as label
    from lowered_3 as lowered
    inner join lowered_3 as beyond
        on lowered.label = beyond.text_no
),

grouped as (
    select
        texts.fiscal_year,
        texts.text_kind,
        texts.text_key,
        texts.bare_text,
        texts.text_no,
        coalesce(labels_3.label, texts.text_no) as lead_no,
        coalesce(labels_0.similarity, 1.0) as similarity
    from texts
    left join labels_0
        on texts.text_no = labels_0.text_no
    left join labels_3
        on texts.text_no = labels_3.text_no
)

select * from grouped
