-- One row per numbered objective of a project.
with

stored as (
    select
        filing_id,
        project_no,
        objective_no,
        objective_text,
        page,
        table_no,
        row_no
    from staging.stg_objectives
)

select * from stored
