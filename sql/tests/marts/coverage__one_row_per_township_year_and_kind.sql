-- Each township has one row per year and kind of filing.
with

counted as (
    select
        fiscal_year,
        township,
        doc_kind,
        count(*) as rows_found
    from mart.coverage
    group by fiscal_year, township, doc_kind
)

select * from counted
where rows_found > 1
