-- One row per place of a text that also stands, the same or nearly so, with another project (or in another filing).
with

places as (
    select * from intermediate.int_texts__reusable
),

texts as (
    select * from intermediate.int_texts__grouped
),

filings as (
    select * from intermediate.int_filings__compared
),

projects as (
    select * from intermediate.int_projects__compared
),

joined as (
    select
        places.*,
        texts.text_no,
        texts.lead_no,
        texts.similarity,
        hash(places.filing_id, places.project_no) as project_key
    from places
    inner join texts
        on places.text_key = texts.text_key
),

groups as (
    select
        lead_no,
        substr(
            md5(concat_ws(
                ':', any_value(text_kind), any_value(fiscal_year), min(bare_text) filter (where text_no = lead_no)
            )), 1, 16
        ) as reuse_group,
        count(*) as places,
        count(distinct project_key) as projects,
        count(distinct township_key) as townships,
        min(text) filter (where text_no = lead_no) as shared_text
    from joined
    group by lead_no
    having min(project_key) != max(project_key)
),

listed as (
    select
        joined.fiscal_year,
        joined.text_kind,
        groups.reuse_group,
        case when joined.text_no = joined.lead_no then 'same' else 'nearly' end as match,
        round(joined.similarity, 4) as similarity,
        groups.places,
        groups.projects,
        groups.townships,
        filings.county,
        filings.township,
        filings.unit_code,
        filings.unit_name,
        projects.project_name,
        joined.text,
        groups.shared_text,
        joined.filing_id,
        joined.project_no,
        joined.item_no,
        filings.file_name,
        joined.page,
        joined.table_no,
        joined.row_no
    from joined
    inner join groups
        on joined.lead_no = groups.lead_no
    inner join filings
        on joined.filing_id = filings.filing_id
    left join projects
        on
            joined.filing_id = projects.filing_id
            and joined.project_no = projects.project_no
)

select * from listed
order by fiscal_year, text_kind, reuse_group, filing_id, project_no, item_no, table_no, row_no, text
