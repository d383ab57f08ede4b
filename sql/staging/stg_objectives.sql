-- One row per numbered objective of a project.
with

renamed as (
    select
        filing_id,
        project_no,
        objective_no,
        objective_text,
        page,
        table_no,
        row_no
    from stored.objectives
)

select * from renamed
