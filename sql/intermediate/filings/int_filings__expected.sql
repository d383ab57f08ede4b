-- One row per year, kind of filing and township: those seen, those only rejected, and those that should be there.
with

filings as (
    select * from staging.stg_filings
),

compared as (
    select * from intermediate.int_filings__compared
),

township_names as (
    select * from staging.stg_township_names
),

aliases as (
    select * from staging.stg_township_aliases
),

registry as (
    select * from staging.stg_townships
),

rejected as (
    select * from staging.stg_rejected_files
),

doubts as (
    select * from staging.stg_doubts
),

seen as (
    select
        filings.fiscal_year,
        filings.doc_kind,
        coalesce(township_names.township, filings.filer) as township,
        coalesce(max(compared.county), max(filings.county)) as county,
        bool_or(filings.township is not null) as is_township,
        count(*) as filings_seen,
        count(*) filter (where filings.is_current) as filings_current,
        min(filings.received_at) as first_received_at,
        max(filings.received_at) as last_received_at,
        arg_max(compared.filing_id, (compared.received_at, compared.filing_id)) as filing_id,
        arg_max(compared.file_name, (compared.received_at, compared.filing_id)) as file_name
    from filings
    left join compared
        on filings.filing_id = compared.filing_id
    left join township_names
        on
            (filings.township is not distinct from township_names.name)
            and (filings.unit_code is not distinct from township_names.unit_code)
    group by
        filings.fiscal_year, filings.doc_kind,
        coalesce(township_names.township, filings.filer)
),

known_names as (
    select
        name,
        township
    from aliases
    union
    select
        township as name,
        township
    from seen
    where
        township not in (select aliases.township from aliases)
),

rejected_by_name as (
    select
        known_names.township,
        coalesce(
            try_cast(nullif(regexp_extract(rejected.file_name, '20\d\d'), '') as integer),
            (select max(seen.fiscal_year) from seen)
        ) as fiscal_year,
        case when contains(rejected.file_name, '自评') then 'self_evaluation' else 'targets' end as doc_kind,
        count(distinct rejected.sha256) as files_rejected
    from rejected
    inner join known_names
        on contains(rejected.file_name, known_names.name)
    group by all
),

-- Whose forms stand in a file with those of others has sent them, though nobody can count them yet.
held_together as (
    select
        known_names.township,
        filings.fiscal_year,
        filings.doc_kind,
        count(distinct filings.filing_id) as files_rejected
    from doubts
    inner join filings
        on doubts.filing_id = filings.filing_id
    inner join known_names
        on contains(doubts.value_read, known_names.name)
    where
        doubts.reason = 'several_units'
        and doubts.decision = 'open'
        and filings.is_current
    group by all
),

rejected_places as (
    select
        township,
        fiscal_year,
        doc_kind,
        cast(sum(files_rejected) as bigint) as files_rejected
    from (
        select * from rejected_by_name
        union all
        select * from held_together
    ) as sent
    group by all
),

cycles as (
    select
        fiscal_year,
        doc_kind,
        count(*) filter (where is_township) as townships
    from seen
    where fiscal_year is not null
    group by fiscal_year, doc_kind
),

-- Only of those who are known by name: a file that says of nobody, or of a school, makes nobody due.
filers as (
    select
        township,
        max(county) as county
    from seen
    where is_township
    group by township
),

counts as (
    select
        (select count(*) from filers) as filers,
        (select count(*) from registry) as registered
),

expected as (
    select
        cycles.fiscal_year,
        cycles.doc_kind,
        registry.township
    from cycles
    inner join registry
        on case cycles.doc_kind when 'targets' then registry.expects_targets else registry.expects_self_evaluation end
    union all
    -- Without a registry: what at least half of the known townships file is expected of each.
    select
        cycles.fiscal_year,
        cycles.doc_kind,
        filers.township
    from cycles
    cross join counts
    inner join filers
        on cycles.townships * 2 >= counts.filers
    where counts.registered = 0
),

every as (
    select
        fiscal_year,
        doc_kind,
        township
    from seen
    union
    select
        fiscal_year,
        doc_kind,
        township
    from rejected_places
    union
    select
        fiscal_year,
        doc_kind,
        township
    from expected
),

joined as (
    select
        every.fiscal_year,
        every.doc_kind,
        every.township,
        coalesce(seen.county, filers.county, registry.county) as county,
        expected.township is not null as is_expected,
        coalesce(seen.filings_seen, 0) as filings_seen,
        coalesce(seen.filings_current, 0) as filings_current,
        coalesce(rejected_places.files_rejected, 0) as files_rejected,
        seen.first_received_at,
        seen.last_received_at,
        seen.filing_id,
        seen.file_name
    from every
    left join seen
        on
            every.fiscal_year is not distinct from seen.fiscal_year
            and every.doc_kind = seen.doc_kind
            and every.township = seen.township
    left join rejected_places
        on
            every.fiscal_year is not distinct from rejected_places.fiscal_year
            and every.doc_kind = rejected_places.doc_kind
            and every.township = rejected_places.township
    left join expected
        on
            every.fiscal_year is not distinct from expected.fiscal_year
            and every.doc_kind = expected.doc_kind
            and every.township = expected.township
    left join filers
        on every.township = filers.township
    left join registry
        on every.township = registry.township
)

select * from joined
