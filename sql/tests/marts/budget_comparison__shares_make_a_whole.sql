-- The shares of a township's categories make 100 %.
with

shares as (
    select
        fiscal_year,
        county,
        township,
        count(*) as categories,
        sum(share_of_township_pct) as share_pct
    from mart.budget_comparison
    where share_of_township_pct is not null
    group by fiscal_year, county, township
)

select * from shares
where abs(share_pct - 100) > 0.001 * categories
