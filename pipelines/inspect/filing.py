"""``jixiao inspect``: what is read from one filing, as JSON for programs; nothing is loaded."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path

from extractors.document import Document, Grid
from extractors.reading import read_filing, run_guarded
from extractors.rejection import ADVICE, RejectedFile
from pipelines.terminal.json_values import json_value
from transforms.decisions import Decision
from transforms.filings import transform
from transforms.forms.taught import NO_HEADINGS, Headings, teaching
from transforms.names.terms import NO_TERMS, Terms
from transforms.records import FilingRecords
from warehouse.files import hash_file
from warehouse.schema import stored_tables
from warehouse.store.documents import Documents, open_document
from warehouse.store.rows import InboxFact, records_to_tables

NEVER_RECEIVED = datetime.fromtimestamp(0, UTC)
ONLY_IN_THE_STORE = ("received_at", "is_current", "supersedes", "replaced_by", "version_reason", "content_hash")
"""Columns of ``filings`` that only a run can fill."""


class Status(StrEnum):
    """How far a filing was understood: all of it, or where it stopped."""

    READ = "read"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Inspection:
    """One filing as far as it could be read: no ``document`` where reading failed, no ``records`` where meaning did.

    ``is_kept``: the document is the one that a run kept of these bytes; the filing was not opened.
    """

    path: Path
    sha256: str
    document: Document | None
    records: FilingRecords | None
    rejected: RejectedFile | None
    is_kept: bool = False

    @property
    def status(self) -> Status:
        """Tell whether a run would load this filing."""
        return Status.REJECTED if self.rejected else Status.READ


@dataclass(frozen=True, slots=True)
class ReadSoFar:
    """What a worker hands back: a rejection by the transforms keeps the document, to show what was read."""

    document: Document
    records: FilingRecords | None
    rejected: RejectedFile | None
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Lessons:
    """What the county has taught: its names of indicators, its headings, and its decisions about cells by sha256."""

    terms: Terms = NO_TERMS
    headings: Headings = NO_HEADINGS
    decisions: Mapping[str, tuple[Decision, ...]] = field(default_factory=dict)


def read_for_inspection(path: Path, kept: Path | None, sha256: str, lessons: Lessons) -> ReadSoFar:
    """Open the kept Document, else read the filing, and find its records; runs in a guarded worker."""
    known = None if kept is None else open_document(kept, path.name)
    document = read_filing(path) if known is None else known
    try:
        with teaching(lessons.headings):
            records = transform(document, lessons.terms, lessons.decisions.get(sha256, ()))
    except RejectedFile as rejected:
        return ReadSoFar(document, None, rejected, known is not None)
    return ReadSoFar(document, records, None, known is not None)


def inspect_filing(path: Path, lessons: Lessons | None = None, documents: Documents | None = None) -> Inspection:
    """Give one filing as a run would read it: under the same limits, with what the county has taught.

    Where ``documents`` keeps what today's readers gave of the same bytes, the filing is not opened again.
    """
    sha256 = hash_file(path)
    kept = documents.find(sha256) if documents else None
    task = partial(read_for_inspection, kept=kept, sha256=sha256, lessons=lessons or Lessons())
    ((_, result),) = run_guarded(task, [path], workers=1)
    if isinstance(result, RejectedFile):
        return Inspection(path, sha256, None, None, result)
    return Inspection(path, sha256, result.document, result.records, result.rejected, result.is_kept)


def inspection_json(inspection: Inspection) -> str:
    """Give the inspection as one JSON document (contract, section 1), records with the columns of the core tables."""
    document, rejected = inspection.document, inspection.rejected
    whole: dict[str, object] = {
        "file": inspection.path.name,
        "format": document.format if document else None,
        "sha256": inspection.sha256,
        "is_kept": inspection.is_kept,
        "status": inspection.status.value,
        "reason": rejected.reason.value if rejected else None,
        "detail": rejected.detail if rejected else None,
        "advice": ADVICE[rejected.reason] if rejected else None,
        "page_count": document.page_count if document else None,
        "notes": [asdict(note) for note in document.notes] if document else [],
        "tables": [describe_grid(grid) for grid in document.grids()] if document else [],
        **list_records(inspection),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, default=json_value)


def describe_grid(grid: Grid) -> dict[str, object]:
    """Give one table: None where a merged cell covers the place, "" where a cell is empty (or holds blanks only)."""
    rows = [[text if text is None or text.strip() else "" for text in row] for row in grid.rows()]
    return {"table_no": grid.table_no, "page": grid.page_of(0), "row_pages": grid.row_pages, "rows": rows}


def list_records(inspection: Inspection) -> dict[str, object]:
    """Give the rows that a run would store, by table; ``filing`` is the one row of ``filings``."""
    document, records = inspection.document, inspection.records
    if document is None or records is None:
        return {"filing": None, **{name: [] for name in stored_tables() if name != "filings"}, "used_cells": []}
    file = InboxFact(document.sha256, document.file_name, document.format, document.page_count, NEVER_RECEIVED)
    rows = {name: table.to_pylist() for name, table in records_to_tables(file, records).items()}
    (filing,) = rows.pop("filings")
    for column in ONLY_IN_THE_STORE:
        del filing[column]
    return {"filing": filing, **rows, "used_cells": [asdict(cell) for cell in records.used_cells]}
