"""What a night did, counted when its steps are done."""

import time
from dataclasses import replace

from extractors.rejection import Reason
from pipelines.night.state import Night
from pipelines.night.summary import Rejection, RunSummary, gather_alike
from pipelines.terminal.query_output import connect_read_only, read_result
from warehouse.home import Home

COUNT_UNREAD = """
select count(*)
from core.unread_cells as u
inner join core.filings as f on u.filing_id = f.filing_id and f.is_current
"""


def sum_up(night: Night) -> RunSummary:
    """Count what the run did and what the county's filings need."""
    known = tuple(
        Rejection(file.path, Reason(why.reason), why.detail, is_news=False) for file, why in night.plan.rejected
    )
    reasons = {one.file_name: one for one in (*known, *night.rejections)}
    for name, same in night.plan.duplicates:  # equal bytes are read once, but each file is told its reason
        if same in reasons:
            reasons[name] = replace(reasons[same], file_name=name)
    rejected_now = {one.file_name for one in night.rejections}
    findings, unread = count_findings(night.home)
    return RunSummary(
        home=str(night.home.path),
        inbox=str(night.inbox),
        new=len(night.plan.new - rejected_now - {*night.left}),
        changed=len(night.plan.changed - rejected_now - {*night.left}),
        unchanged=night.plan.known - len(known),
        growing=(*night.found.growing, *night.left),
        unreadable=night.found.unreadable,
        duplicates=tuple(pair for pair in night.plan.duplicates if pair[0] not in reasons),
        rejected=gather_alike([reasons[name] for name in sorted(reasons)]),
        findings=findings,
        unread_cells=unread,
        rebuilt=night.rebuilt,
        held_back=night.held_back,
        database=str(night.home.database),
        published=str(night.home.latest),
        is_demo=night.home.is_demo,
        seconds=round(time.monotonic() - night.started, 1),
    )


def count_findings(home: Home) -> tuple[dict[str, int], int]:
    """Count the findings of current filings by severity, and their unread cells."""
    with connect_read_only(home.database) as connection:
        findings = read_result(connection, "select severity, count(*) from mart.review_findings group by severity")
        unread = read_result(connection, COUNT_UNREAD)
    return {str(severity): _whole(count) for severity, count in findings.rows}, _whole(unread.rows[0][0])


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value
