"""What people decided about doubted values, applied to a Document before its records are read, and to its doubts after.

A correction replaces the text of a cell, so that everything that follows from the cell follows from the correction;
an acceptance and an exclusion change no text. A decision whose text no longer stands in its cell is void, and is said.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from extractors.document import Cell, Document, Grid
from transforms.records import Doubt, FilingRecords, Finding, Place

DOC_KINDS = ("targets", "self_evaluation", "monitoring", "adjustment")
DECISIONS = ("accepted", "corrected", "excluded")
VOID_RULE = "decision_void"
PROJECT_NAME = "project_name"
FILING_FIELDS = frozenset({"fiscal_year", "township", "county", "doc_kind"})
"""Fields of the filing itself that a person may set; their decisions name no cell (table 0, row 0)."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about one field of one cell: ``accepted`` as read, ``corrected`` to ``value``, or ``excluded``.

    The place is 1-based as in ``core.doubts``; 0 where the doubt names no table, row or column.
    """

    sha256: str
    table_no: int
    row_no: int
    col_no: int
    field: str
    text_read: str
    decision: str
    value: str | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    file_name: str | None = None
    note: str | None = None

    @property
    def key(self) -> tuple[str, int, int, int, str]:
        """What the decision is about."""
        return self.sha256, self.table_no, self.row_no, self.col_no, self.field

    @property
    def is_of_filing(self) -> bool:
        """Tell whether the decision is about the filing itself and no cell of it."""
        return not self.table_no and self.field in FILING_FIELDS


@dataclass(frozen=True, slots=True)
class DecidedDocument:
    """A document with its corrections made, the decisions that hold, and those whose text has changed."""

    document: Document
    holding: tuple[Decision, ...]
    void: tuple[Decision, ...]

    def of_filing(self) -> dict[str, str]:
        """Give what was decided about the filing itself: field → value."""
        return {one.field: one.value for one in self.holding if one.is_of_filing and one.value is not None}


def decide_document(document: Document, decisions: Iterable[Decision]) -> DecidedDocument:
    """Apply decisions about this document's cells; decisions about other files are passed over."""
    own = [one for one in decisions if one.sha256 == document.sha256]
    if not own:
        return DecidedDocument(document, (), ())
    grids = {grid.table_no: grid for grid in document.grids()}
    holding = tuple(one for one in own if _still_reads(grids, one))
    texts = {
        (one.table_no, one.row_no - 1, one.col_no - 1): one
        for one in holding
        if one.decision == "corrected" and one.table_no and one.col_no
    }
    blocks = tuple(_corrected(block, texts) if isinstance(block, Grid) else block for block in document.blocks)
    return DecidedDocument(replace(document, blocks=blocks), holding, tuple(one for one in own if one not in holding))


def _still_reads(grids: Mapping[int, Grid], decision: Decision) -> bool:
    """Tell whether a decision's text still stands in its cell; one without a cell is judged by its doubt later."""
    if not decision.table_no or not decision.col_no:
        return True
    grid = grids.get(decision.table_no)
    cell = grid.cell_at(decision.row_no - 1, decision.col_no - 1) if grid is not None else None
    return cell is not None and (same_text(cell.text, decision.text_read) or _is_part(decision.text_read, cell.text))


def _is_part(text: str, whole: str) -> bool:
    """Tell whether a text stands once in a cell that holds more: 14.93 in 预算数：14.93万元."""
    return bool(text.strip()) and whole.count(text.strip()) == 1


def same_text(left: str | None, right: str | None) -> bool:
    """Tell whether two texts are the same but for line ends and outer blanks, which a spreadsheet may change."""
    return _plain(left) == _plain(right)


def _plain(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _corrected(grid: Grid, texts: Mapping[tuple[int, int, int], Decision]) -> Grid:
    def correct(cell: Cell) -> Cell:
        decision = texts.get((grid.table_no, cell.row, cell.col))
        if decision is None or decision.value is None:
            return cell
        whole = same_text(cell.text, decision.text_read)
        return cell._replace(
            text=decision.value if whole else cell.text.replace(decision.text_read.strip(), decision.value)
        )

    if not any(table_no == grid.table_no for table_no, _, _ in texts):
        return grid
    decided = {(row, col) for table_no, row, col in texts if table_no == grid.table_no}
    sure = tuple(
        None if (cell.row, cell.col) in decided else one
        for cell, one in zip(grid.cells, grid.confidences, strict=False)
    )
    return replace(grid, cells=tuple(map(correct, grid.cells)), confidences=sure)


def settle_doubts(records: FilingRecords, decided: DecidedDocument) -> FilingRecords:
    """Mark the doubts that were decided, and say which decisions are void.

    A decision that settled a doubt for good (the corrected text raises none) is kept beside the doubts that are left:
    it must stay visible at the figure.
    """
    if not decided.holding and not decided.void:
        return records
    left = {one.key[1:]: one for one in decided.holding}
    doubts = []
    for doubt in records.doubts:
        decision = left.pop(_key(doubt), None)
        doubts.append(doubt if decision is None else mark(doubt, decision))
    doubts += [mark(_doubt_of(one, records), one) for one in left.values()]
    return replace(records, doubts=tuple(doubts), findings=(*records.findings, *map(_void, decided.void)))


def mark(doubt: Doubt, decision: Decision) -> Doubt:
    """Give a doubt as it was decided."""
    return replace(
        doubt,
        decision=decision.decision,
        value_read=decision.text_read if decision.decision == "corrected" else doubt.value_read,
        value_decided=decision.value,
        decided_at=decision.decided_at,
    )


def _key(doubt: Doubt) -> tuple[int, int, int, str]:
    return doubt.place.table_no, doubt.place.row_no, doubt.col_no or 0, doubt.field


def _doubt_of(decision: Decision, records: FilingRecords) -> Doubt:
    """Give a doubt for a decision that nothing is doubted about any more, under the record in that row."""
    row = next(
        (
            one
            for one in records.indicators
            if (one.place.table_no, one.place.row_no) == (decision.table_no, decision.row_no)
        ),
        None,
    )
    project = row.project_no if row is not None else _named_project(decision, records)
    page = row.place.page if row is not None else None
    return Doubt(
        field=decision.field,
        value_read=decision.text_read,
        reason="decided",
        project_no=project,
        indicator_no=row.indicator_no if row is not None else None,
        place=Place(page, decision.table_no, decision.row_no),
        col_no=decision.col_no or None,
    )


def _named_project(decision: Decision, records: FilingRecords) -> int | None:
    """Give the project whose name was decided on: whether it goes on counting is decided at its name."""
    named = (
        project.project_no
        for project in records.projects
        if decision.field == PROJECT_NAME
        and same_text(project.project_name, decision.text_read)
        and (project.place.table_no, project.place.row_no) == (decision.table_no, decision.row_no)
    )
    return next(named, None)


def _void(decision: Decision) -> Finding:
    where = f"表{decision.table_no}第{decision.row_no}行" if decision.table_no else "文件信息"
    message = f"{where}以前的人工决定（原读“{decision.text_read}”）已失效：该处文字已经改变，请重新核对。"
    place = Place(None, decision.table_no, decision.row_no)
    return Finding(VOID_RULE, "warning", message, decision.text_read, None, None, place)


def decisions_of(decisions: Sequence[Decision], sha256: str) -> tuple[Decision, ...]:
    """Give the decisions about one file, in a fixed order: what a file's records depend on."""
    return tuple(sorted((one for one in decisions if one.sha256 == sha256), key=lambda one: one.key))
