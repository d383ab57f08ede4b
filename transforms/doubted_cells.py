"""Cells whose text the reader is not sure of → doubts about the records' fields that they became, and findings."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.document import ReadNote
from transforms.doubts import CELL_NOTES, doubt_reasons
from transforms.records import Doubt, FilingRecords, Finding, Indicator, Place, Project, UsedCell

TextAt = Callable[[int, int, int], str]
"""Gives the text of a cell by table, row and column (from 1)."""

_INDICATOR_FIELDS = {
    **dict.fromkeys(("value", "sign", "unit"), "target_raw"),
    "name": "indicator_raw",
    "level2": "level2",
    "actual": "actual_raw",
}
_PROJECT_FIELDS = {
    "project_name": "project_name",
    "amount_total": "budget_raw",
    "amount_fiscal": "fiscal_raw",
    "amount_carryover": "carryover_raw",
    "amount_other": "other_raw",
    "column_adjusted": "adjusted_raw",
    "column_executed": "executed_raw",
}
"""Uses of cells that comparisons rest on, with the records' columns; a doubt about another cell is a finding only."""


def doubt_cells(notes: Iterable[ReadNote], records: FilingRecords) -> tuple[list[Doubt], list[Finding]]:
    """Give a doubt for each field that an uncertain cell became, and one finding for each such cell.

    An empty cell (a picture) stands for what the other cells of its column became. What is noted of many cells of one
    picture's table is one finding.
    """
    said: set[tuple[str, int]] = set()
    doubts: list[Doubt] = []
    findings: list[Finding] = []
    uses = _Uses(records.used_cells)
    for note in notes:
        reason = doubt_reasons().get(note.code)
        if reason is None or note.table_no is None or note.row_no is None:
            continue
        if note.code in CELL_NOTES and (note.detail or note.code != "text_unread"):  # doubted where it was used
            if (note.code, note.table_no) not in said:
                said.add((note.code, note.table_no))
                place = Place(note.page, note.table_no, note.row_no)
                message = f"表{note.table_no}（第{note.row_no}行等）：{reason.sentence}"
                findings.append(Finding(note.code, "info", message, None, None, None, place))
            continue
        place = Place(note.page, note.table_no, note.row_no)
        use = uses.of(note)
        own = [
            one
            for one in records.indicators
            if one.place.table_no == place.table_no and one.place.row_no == place.row_no
        ]
        subject = _doubt(note, reason.code, place, use, own, _project_at(place, records.projects))
        doubts += subject
        first = subject[0] if subject else None
        quoted = f"“{note.detail.strip()}”" if note.detail and note.detail.strip() else ""
        message = f"表{note.table_no}第{note.row_no}行第{note.col_no}列{quoted}：{reason.sentence}"
        severity = "warning" if subject or note.code == "picture_cell" else "info"
        findings.append(
            Finding(
                note.code,
                severity,
                message,
                note.detail or None,
                first.project_no if first else None,
                first.indicator_no if first else None,
                place,
            )
        )
    return doubts, findings


def place_doubts(doubts: Iterable[Doubt], used: Iterable[UsedCell], text_at: TextAt) -> tuple[Doubt, ...]:
    """Give doubts that name no cell the one that their value was read from, where there is just one that holds it.

    Only a cell's text can be corrected by a person, and only a cell can be outlined.
    """
    cells: dict[tuple[int | None, int | None, str], list[UsedCell]] = {}
    for one in used:
        if one.field is not None:
            cells.setdefault((one.project_no, one.indicator_no, one.field), []).append(one)

    def placed(doubt: Doubt) -> Doubt:
        value = (doubt.value_read or "").strip()
        if doubt.col_no is not None or not value or doubt.project_no is None:
            return doubt
        field = f"{doubt.field.removesuffix('_yuan')}_raw" if doubt.field.endswith("_yuan") else doubt.field
        own = cells.get((doubt.project_no, doubt.indicator_no, field), [])
        holding = [one for one in own if text_at(one.table_no, one.row_no, one.col_no).count(value) == 1]
        if len(holding) != 1:
            return doubt
        (one,) = holding
        return replace(doubt, place=Place(one.page, one.table_no, one.row_no), col_no=one.col_no)

    return tuple(map(placed, doubts))


def _doubt(
    note: ReadNote, reason: str, place: Place, use: str | None, own: Sequence[Indicator], project: Project | None
) -> list[Doubt]:
    if use in _INDICATOR_FIELDS and own:
        return [
            Doubt(
                field=_INDICATOR_FIELDS[use],
                value_read=note.detail,
                reason=reason,
                project_no=one.project_no,
                indicator_no=one.indicator_no,
                place=place,
                col_no=note.col_no,
            )
            for one in own
        ]
    if use in _PROJECT_FIELDS and project is not None:
        field = _PROJECT_FIELDS[use]
        return [Doubt(field, note.detail, reason, project.project_no, None, place, note.col_no)]
    return []


def _project_at(place: Place, projects: Sequence[Project]) -> Project | None:
    """Give the project whose form a row belongs to: the last one that begins at or above it."""
    begun = [one for one in projects if (one.place.table_no, one.place.row_no) <= (place.table_no, place.row_no)]
    return begun[-1] if begun else None


class _Uses:
    """What cells became, by place; and by column, for cells that hold no text."""

    def __init__(self, used: Iterable[UsedCell]) -> None:
        self.by_place = {(one.table_no, one.row_no, one.col_no): one.use for one in used}

    def of(self, note: ReadNote) -> str | None:
        """Give the use of a note's cell."""
        place = note.table_no or 0, note.row_no or 0, note.col_no or 0
        known = self.by_place.get(place)
        return known if known is not None else next(self._of_column(*place), None)

    def _of_column(self, table_no: int, row_no: int, col_no: int) -> Iterator[str]:
        """Yield what the cells of a column became, the most frequent first; the nearest rows of long tables decide."""
        near = Counter(
            use
            for (table, row, col), use in self.by_place.items()
            if table == table_no
            and col == col_no
            and abs(row - row_no) <= _NEAR_ROWS
            and not use.startswith("ignored:")
        )
        yield from (use for use, _ in near.most_common())


_NEAR_ROWS = 12
"""A form's indicators are rarely more than so many rows; farther rows may be those of a form with other columns."""
