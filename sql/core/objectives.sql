-- One row per numbered objective of a project; sorted by filing_id, project_no, objective_no.
with

sorted as (
    select
        filing_id,
        project_no,
        objective_no,
        objective_text,
        page,
        table_no,
        row_no
    from staging.stg_objectives
    order by filing_id, project_no, objective_no
)

select * from sorted
