"""Findings that wait for an answer, as items of the queue: what became of them is kept by their key."""

from collections.abc import Iterator

import duckdb

from pipelines.review.items import Item, number, text, whole
from pipelines.terminal.query_output import read_result
from warehouse.county.finding_states import FindingState

FINDING = "finding"
"""The kind of such items."""
STATES = ("answered", "settled", "waived")
"""What can be said of one; taken back, it is new again."""
_FIELD = "finding-"
_WAITING = ("new", "open")

FINDINGS = """
select
    f.filing_id,
    f.file_name,
    coalesce(f.township, f.unit_name, f.file_name) as filer,
    f.fiscal_year,
    f.project_name,
    f.indicator_raw,
    f.finding_key,
    f.rule_title,
    f.severity,
    f.message,
    f.evidence,
    f.page,
    f.table_no,
    f.row_no,
    f.project_no,
    f.indicator_no,
    f.state,
    f.state_reason,
    p.budget_yuan
from mart.review_findings as f
left join core.projects as p on f.filing_id = p.filing_id and f.project_no = p.project_no
where f.severity in ('error', 'warning')
qualify row_number() over (partition by f.finding_key order by f.table_no, f.row_no) = 1
order by f.severity, f.finding_key
"""


def read_findings(connection: duckdb.DuckDBPyConnection) -> Iterator[Item]:
    """Yield the errors and warnings of current filings, each once."""
    for row in read_result(connection, FINDINGS).rows:
        (filing_id, file_name, filer, year, project, indicator, key, title, severity, message, evidence, *rest) = row
        page, table_no, row_no, project_no, indicator_no, state, reason, budget = rest
        yield Item(
            kind=FINDING,
            filing_id=str(filing_id),
            file_name=str(file_name),
            filer=text(filer),
            fiscal_year=whole(year),
            project_name=text(project),
            indicator_raw=text(indicator),
            field=f"{_FIELD}{key}",
            field_name=f"审核问题：{title}",
            value_read=text(evidence),
            reason=str(severity),
            sentence=str(message),
            holds=severity == "error",
            page=whole(page),
            table_no=whole(table_no) or 0,
            row_no=whole(row_no) or 0,
            project_no=whole(project_no),
            indicator_no=whole(indicator_no),
            decision="open" if state in _WAITING else str(state),
            value_decided=text(reason),
            stake_yuan=number(budget),
        )


def state_of(item: Item, state: str, reason: str, by: str, at: str) -> FindingState:
    """Give the line that is kept about a finding."""
    return FindingState(
        finding_key=key_of(item),
        state=state,
        reason=reason,
        decided_at=at,
        decided_by=by,
        fiscal_year=str(item.fiscal_year or ""),
        township=item.filer or "",
        project_name=item.project_name or "",
        indicator_raw=item.indicator_raw or "",
        rule_title=item.field_name,
    )


def key_of(item: Item) -> str:
    """Give the finding's key, which outlives readings and publications."""
    return item.field.removeprefix(_FIELD)
