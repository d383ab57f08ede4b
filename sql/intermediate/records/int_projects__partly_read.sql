-- One row per project of which a cell is unread or a value held by an open doubt (project_no null: of the filing;
-- is_money: it is only a sum of which the reader is not sure; is_text: only a cell that holds no sum).
-- Where the reader may have missed something, nothing can be said to be missing. An unread cell belongs to the last
-- project that begins above it in the document, one above all of them to the first.
with

unread_cells as (
    select * from staging.stg_unread_cells
),

projects as (
    select * from staging.stg_projects
),

doubted as (
    select * from intermediate.int_records__doubted
),

placed as (
    select
        unread_cells.filing_id,
        unread_cells.table_no,
        unread_cells.row_no,
        unread_cells.col_no,
        unread_cells.text,
        max(projects.project_no) filter (
            where (projects.table_no, projects.row_no) <= (unread_cells.table_no, unread_cells.row_no)
        ) as project_above,
        min(projects.project_no) as first_project
    from unread_cells
    inner join projects
        on unread_cells.filing_id = projects.filing_id
    group by all
),

of_cells as (
    select
        filing_id,
        coalesce(project_above, first_project) as project_no,
        false as is_money,
        -- A sum stands alone in its cell, or with its unit; a label or a sentence leaves the known sums as they are.
        not regexp_matches(
            text,
            '^\D{0,8}[\d〇零一二三四五六七八九十百]\D{0,6}$|^\D{0,8}\d[\d.,，]*\D{0,6}$|元'
        ) as is_text
    from placed
),

of_doubts as (
    select
        filing_id,
        project_no,
        is_money,
        false as is_text
    from doubted
),

every as (
    select * from of_cells
    union
    select * from of_doubts
)

select * from every
