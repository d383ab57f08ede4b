"""What waits for a person's decision: doubted values, the ones that would change most first, and files not loaded."""

import csv
from collections.abc import Iterator
from functools import cache, lru_cache
from hashlib import sha1
from pathlib import Path

import duckdb

import sql
from extractors.rejection import ADVICE, Reason
from pipelines.review.clusters import read_clusters
from pipelines.review.findings import FINDING, read_findings
from pipelines.review.items import Item, number, text, whole
from pipelines.review.unknown import find_unknown_headings
from pipelines.terminal.homes import need_database
from pipelines.terminal.query_output import connect_read_only, read_result
from transforms.doubts import doubt_reasons
from warehouse.county.headings_file import HEADINGS_FILE
from warehouse.home import Home

DOUBTS = """
select
    d.filing_id,
    f.file_name,
    f.fiscal_year,
    coalesce(f.township, f.unit_name, f.file_name) as filer,
    p.project_name,
    i.indicator_raw,
    d.field,
    d.value_read,
    d.reason,
    d.confidence,
    d.page,
    d.table_no,
    d.row_no,
    d.col_no,
    d.project_no,
    d.indicator_no,
    d.decision,
    d.value_decided,
    p.budget_yuan
from core.doubts as d
inner join core.filings as f on d.filing_id = f.filing_id and f.is_current
left join core.projects as p on d.filing_id = p.filing_id and d.project_no = p.project_no
left join core.indicators as i
    on d.filing_id = i.filing_id and d.project_no = i.project_no and d.indicator_no = i.indicator_no
where d.reason <> 'width_not_told'
order by d.filing_id, d.table_no, d.row_no, d.col_no, d.field, d.reason
"""
"""Of a sign's width there is nothing to decide: it changes no value, and would bury what does."""
CARRIED_ON = """
select
    f.filing_id,
    f.file_name,
    f.fiscal_year,
    f.filer,
    p.project_name,
    null,
    'project_name',
    p.project_name,
    case
        when exists (
            select 1
            from core.projects as n
            where
                f.replaced_in_part_by = n.filing_id
                and p.budget_yuan = n.budget_yuan
                and p.budget_yuan > 0
                and not exists (
                    select 1
                    from core.projects as o
                    where
                        f.filing_id = o.filing_id
                        and (o.project_name = n.project_name or o.project_code = n.project_code)
                )
        ) then 'renamed_in_later_filing'
        else 'not_in_later_filing'
    end,
    null,
    p.page,
    p.table_no,
    p.row_no,
    0,
    p.project_no,
    null,
    'open',
    null,
    p.budget_yuan
from core.filings as f
inner join core.projects as p on f.filing_id = p.filing_id
where
    f.is_current
    and f.replaced_in_part_by is not null
    and not list_contains(string_split(f.projects_replaced, ' '), cast(p.project_no as varchar))
    and not exists (
        select 1
        from core.doubts as d
        where
            p.filing_id = d.filing_id
            and p.project_no = d.project_no
            and d.field = 'project_name'
            and d.decision <> 'open'
    )
order by f.filing_id, p.project_no
"""
"""Projects that a later filing of the same unit, year and kind lacks: they count until a person takes them out.

One whose sum a new project of the later filing has may only have got another name: then both count, and that is said.
"""
REJECTED = "select file_name, sha256, reason, detail from core.rejected_files order by file_name"


def read_queue(home: Home) -> tuple[Item, ...]:
    """Give all items, decided ones included: open ones first, findings after doubts, held
    before shown ones, then by the money they touch.
    """
    return _queue_of(home, need_database(home).resolve(), _stamp(home.config / HEADINGS_FILE))


def _stamp(path: Path) -> int:
    """Give a file's time, which changes with every word that is put into it; 0 without the file."""
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


@lru_cache(maxsize=2)
def _queue_of(home: Home, build: Path, taught: int) -> tuple[Item, ...]:
    """Read the queue of a build: each build is a file of its own, and every answer of the page asks for the queue."""
    with connect_read_only(build) as connection:
        items = [
            *_doubts(connection, DOUBTS),
            *_doubts(connection, CARRIED_ON),
            *_headings(home, connection),
            *_rejected(connection),
            *read_clusters(connection),
            *read_findings(connection),
        ]
    return tuple(sorted(items, key=_order))


def _order(one: Item) -> tuple[object, ...]:
    return (
        one.decision != "open",
        one.kind == FINDING,
        not one.holds,
        -(one.stake_yuan or 0),
        one.file_name,
        one.anchor,
        one.field,
    )


@cache
def field_names() -> dict[str, str]:
    """Give the Chinese name of each column of the core tables."""
    with (Path(sql.__file__).parent / "core" / "columns.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["column"]: row["heading"] for row in csv.DictReader(file)}


def _doubts(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[Item]:
    reasons = doubt_reasons()
    for row in read_result(connection, query).rows:
        (filing_id, file_name, year, filer, project, indicator, field, read, reason, confidence, *rest) = row
        page, table_no, row_no, col_no, project_no, indicator_no, decision, decided, budget = rest
        known = reasons.get(str(reason))
        yield Item(
            kind="doubt",
            filing_id=str(filing_id),
            file_name=str(file_name),
            filer=text(filer),
            fiscal_year=whole(year),
            project_name=text(project),
            indicator_raw=text(indicator),
            field=str(field),
            field_name=field_names().get(str(field), str(field)),
            value_read=text(read),
            reason=str(reason),
            sentence=known.sentence if known else str(reason),
            holds=known.holds if known else True,
            confidence=number(confidence),
            page=whole(page),
            table_no=whole(table_no) or 0,
            row_no=whole(row_no) or 0,
            col_no=whole(col_no) or 0,
            project_no=whole(project_no),
            indicator_no=whole(indicator_no),
            decision=str(decision),
            value_decided=text(decided),
            stake_yuan=number(budget),
        )


def _headings(home: Home, connection: duckdb.DuckDBPyConnection) -> Iterator[Item]:
    for filing_id, file_name, filer, year, heading, filings, budget in find_unknown_headings(home, connection):
        yield Item(
            kind="heading",
            filing_id=filing_id,
            file_name=file_name,
            filer=filer,
            fiscal_year=year,
            field=f"heading-{sha1(heading.encode()).hexdigest()[:12]}",
            field_name="不认识的表头",
            value_read=heading,
            reason="unknown_heading",
            sentence="这个表头的含义未知，其下的内容没有采用。请填写它相当于哪个表头（如 指标值、实际完成值、预算数），今后所有表格都按此读取。"
            + (f"现有 {filings} 份文件用这个表头。" if filings > 1 else ""),
            holds=False,
            stake_yuan=budget,
        )


def _rejected(connection: duckdb.DuckDBPyConnection) -> Iterator[Item]:
    for file_name, sha256, reason, detail in read_result(connection, REJECTED).rows:
        advice = ADVICE[Reason(str(reason))] if str(reason) in set(Reason) else ""
        yield Item(
            kind="rejected",
            filing_id=str(sha256 or ""),
            file_name=str(file_name),
            field="",
            field_name="未入库的文件",
            value_read=text(detail),
            reason=str(reason),
            sentence=advice,
            holds=True,
        )
