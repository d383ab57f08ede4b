-- One row per finding of a current filing, of the reader's and of the review rules'.
with

findings as (
    select * from intermediate.int_findings__stated
),

shared as (
    select * from intermediate.int_findings__shared
),

projects as (
    select * from core.projects
),

indicators as (
    select * from core.indicators
),

placed as (
    select
        findings.*,
        indicators.level2,
        shared.rule is not null as is_shared,
        -- A rule's finding stands where its indicator does, else where its project begins.
        case findings.origin when 'rule' then coalesce(indicators.page, projects.page) else findings.page end
            as found_page,
        case findings.origin
            when 'rule' then coalesce(indicators.table_no, projects.table_no, 0)
            else findings.table_no
        end as found_table_no,
        case findings.origin when 'rule' then coalesce(indicators.row_no, projects.row_no, 0) else findings.row_no end
            as found_row_no
    from findings
    left join projects
        on
            findings.filing_id = projects.filing_id
            and findings.project_no = projects.project_no
    left join indicators
        on
            findings.filing_id = indicators.filing_id
            and findings.project_no = indicators.project_no
            and findings.indicator_no = indicators.indicator_no
    left join shared
        on
            findings.fiscal_year is not distinct from shared.fiscal_year
            and findings.county_key = shared.county_key
            and findings.doc_kind = shared.doc_kind
            and findings.rule = shared.rule
            and findings.severity <> 'error'
),

named as (
    select
        *,
        replace(replace(sentence, '{project}', coalesce(project_name, '')), '{indicator}', coalesce(indicator_raw, ''))
            as named_sentence,
        case
            when contains(sentence, '{difference}')
                then coalesce(regexp_replace(cast(abs(difference) as varchar), '\.?0+$', ''), '')
            else ''
        end as difference_text
    from placed
),

listed as (
    select
        fiscal_year,
        county,
        township,
        unit_code,
        unit_name,
        doc_kind,
        project_code,
        project_name,
        level2,
        indicator_raw,
        rule,
        coalesce(rule_title, rule) as rule_title,
        dimension,
        severity,
        case origin
            when 'rule'
                then replace(replace(
                    replace(named_sentence, '{difference}', difference_text), '{figures}', coalesce(figures, '')
                ), '{evidence}', coalesce(evidence, ''))
            else message
        end as message,
        evidence,
        figures,
        difference,
        case when counts_in = '元' then cast(abs(difference) as decimal(18, 2)) end as amount_yuan,
        is_shared,
        told_to,
        origin,
        finding_key,
        state,
        state_reason,
        state_at,
        filing_id,
        project_no,
        indicator_no,
        file_name,
        found_page as page,
        found_table_no as table_no,
        found_row_no as row_no
    from named
)

select * from listed
order by
    fiscal_year, county, township, filing_id, project_no, indicator_no, rule, evidence, message, page, table_no, row_no
