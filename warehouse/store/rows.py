"""From the records of one filing to rows of the stored tables, exactly, whatever the filing holds."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache, reduce
from pathlib import PurePosixPath

import pyarrow as pa

from transforms.identity import unknown_filer_doubts
from transforms.records import Filing, FilingRecords
from transforms.years import implausible_year_doubts
from warehouse.schema import MONEY, POINTS, STORE, VALUE, StoredColumn, TableSpec, stored_tables

Columns = dict[str, list[object]]
"""One table's values by column, each list as long as the table has rows."""

_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BLANK = re.compile(r"\s+")

_DIGITS = {MONEY: 12, VALUE: 15, POINTS: 5}
"""Digits before the point that a figure may have: beyond any township's, and sums of them still fit the type."""


@dataclass(frozen=True, slots=True)
class InboxFact:
    """What the store keeps of the file itself; ``filing_id`` is the sha256 of its bytes, ``received_at`` is UTC.

    ``is_ahead``: the file's own time lay in the future when it was received.
    """

    filing_id: str
    file_name: str
    format: str
    page_count: int | None
    received_at: datetime
    is_ahead: bool = False


@dataclass(frozen=True, slots=True)
class _FilingHead:
    """The record behind the one row of ``filings``; the paths in ``warehouse/schema.py`` begin here."""

    file: InboxFact
    filing: Filing
    received_at: datetime
    content_hash: str
    filer: str


def records_to_tables(file: InboxFact, records: FilingRecords) -> dict[str, pa.Table]:
    """Give one Arrow table per stored table for one filing; a number too large to be stored becomes a finding.

    A year far from the file's arrival becomes a doubt: only here both are known; so does a filer whom nothing names.
    """
    years = implausible_year_doubts(records.filing, file.received_at.year)
    doubts = (*records.doubts, *years, *unknown_filer_doubts(records))
    records = replace(records, doubts=doubts)
    columns = {name: _read_columns(spec, _records_of(name, file, records)) for name, spec in stored_tables().items()}
    columns["filings"]["is_current"] = [True]
    if file.is_ahead:
        _append(columns["findings"], dict(_TIME_AHEAD))
    for name, spec in stored_tables().items():
        for finding in list(_fit_numbers(spec, columns[name])):
            _append(columns["findings"], finding)
    return {name: _to_table(spec, file.filing_id, columns[name]) for name, spec in stored_tables().items()}


_TIME_AHEAD = {
    "rule": "file_time_ahead",
    "severity": "warning",
    "message": "文件的修改时间在收到之后（报送方电脑的时钟可能有误），收到时间按首次看到文件的时间计。",
    "table_no": 0,
    "row_no": 0,
}


def find_filer(filing: Filing, file_name: str) -> str:
    """Name who filed: the township, else the unit, else the file's name without its ending; never empty."""
    return filing.township or filing.unit_name or PurePosixPath(file_name).stem


def _records_of(name: str, file: InboxFact, records: FilingRecords) -> Sequence[object]:
    if name != "filings":
        found: Sequence[object] = getattr(records, name)
        return [cell for cell in records.used_cells if cell.field] if name == "used_cells" else found
    received_at = file.received_at.astimezone(UTC).replace(tzinfo=None)
    filer = find_filer(records.filing, file.file_name)
    return [_FilingHead(file, records.filing, received_at, hash_content(records), filer)]


def _read_columns(spec: TableSpec, records: Sequence[object]) -> Columns:
    """Read each column's values from the records; what the store fills is None, save for running numbers."""
    columns: Columns = {}
    for column in spec.columns:
        if column.source == STORE:
            columns[column.name] = [None] * len(records)
        else:
            get = _getter(column)
            columns[column.name] = [get(record) for record in records]
    if spec.numbered:
        columns[spec.numbered] = list(range(1, len(records) + 1))
    return columns


@cache
def _getter(column: StoredColumn) -> Callable[[object], object]:
    """Give the function that reads a column from a record: None where its path ends early, codes as one text."""
    path, derive = column.source.split("."), column.derive

    def get(record: object) -> object:
        value = reduce(lambda part, name: None if part is None else getattr(part, name), path, record)
        if isinstance(value, tuple):
            return " ".join(value) or None
        if not isinstance(value, str):
            return value
        return derive(value) if derive is not None else _clean(value)

    return get


def _clean(text: str) -> str:
    """Replace half characters, which some PDFs hand over and UTF-8 cannot hold."""
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


def _fit_numbers(spec: TableSpec, columns: Columns) -> Iterator[dict[str, object]]:
    """Round decimals to the stored scale, in place; yield a finding for each that has no room and is left out."""
    for column in spec.columns:
        if not pa.types.is_decimal(column.type):
            continue
        values, step = columns[column.name], Decimal(1).scaleb(-column.type.scale)
        for number, value in enumerate(values):
            if not isinstance(value, Decimal):
                continue
            if value.is_finite() and value.adjusted() < _DIGITS[column.type]:
                values[number] = value.quantize(step, context=_WIDE)
                continue
            values[number] = None
            row = {name: of[number] for name, of in columns.items()}
            yield {
                **{name: row.get(name) for name in ("project_no", "indicator_no", "page", "table_no", "row_no")},
                "rule": "number_too_large",
                "severity": "error",
                "message": "数字过大，无法作为数值保存，请核对原文。",
                "evidence": str(row.get("target_raw") or row.get("budget_raw") or value)[:200],
            }


def _append(findings: Columns, finding: dict[str, object]) -> None:
    finding["finding_no"] = len(findings["finding_no"]) + 1
    for name, values in findings.items():
        values.append(finding.get(name))


def _to_table(spec: TableSpec, filing_id: str, columns: Columns) -> pa.Table:
    values = {**columns, "filing_id": [filing_id] * len(columns["filing_id"])}
    arrays = [pa.array(values[column.name], column.type) for column in spec.columns]
    table = pa.Table.from_batches([pa.RecordBatch.from_arrays(arrays, schema=spec.schema)])
    order = [(column, "ascending") for column in spec.row_order]
    return table.sort_by(order) if order and len(table) > 1 else table


def hash_content(records: FilingRecords) -> str:
    """Hash what a filing says, without white space, places and format: equal for a DOCX and the PDF made of it."""
    said = (
        [
            (p.project_code, p.project_name, p.budget_raw, p.fiscal_raw, p.other_raw, p.purpose)
            for p in records.projects
        ],
        [
            (p.carryover_raw, p.adjusted_raw, p.executed_raw, p.execution_rate_raw, p.total_score_raw)
            for p in records.projects
        ],
        [(s.project_no, s.month, s.pct_raw) for s in records.spending_plan],
        [(o.project_no, o.objective_text) for o in records.objectives],
        [
            (i.project_no, i.level2, i.indicator_raw, i.description, i.target.raw, i.basis, i.weight_raw, i.score_raw)
            for i in records.indicators
        ],
        [i.actual.raw if i.actual else None for i in records.indicators],
        [(n.section, n.title, n.goal_text, n.indicator_text) for n in records.narrative_goals],
        records.filing.overall_goal,
    )
    return hashlib.sha256(json.dumps(_squash(said)).encode()).hexdigest()


def _squash(value: object) -> object:
    """Take all white space out of every text in nested lists; an empty text is as good as none."""
    if isinstance(value, list | tuple):
        return [_squash(part) for part in value]
    return _BLANK.sub("", value) or None if isinstance(value, str) else value
