"""Doubts about what was recognised in pictures: how surely its cell was read, and what a budget's own rules say of it.

Nothing is corrected here: a sum that does not add up in a scan may be the township's fault or the recogniser's, so that
only a person with the picture can tell, and nobody is blamed before.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from extractors.document import Document, Grid, ReadNote
from transforms.doubts import CELL_NOTES
from transforms.names.codes import read_project_code
from transforms.records import Doubt, FilingRecords, Indicator, Place, Project, SpendingPoint, Target, UsedCell

SURE = 0.9
"""Values whose least sure character was recognised less surely than this are held (measured: tests/accuracy/scans.py)."""

SURE_TEXT = 0.8
"""The same for running text, which is only shown in the queue."""

_TEXTS = frozenset(
    {"description", "basis", "purpose", "objective_text", "deviation_reason", "unit_name", "direction_raw"}
)
"""Fields that no comparison rests on."""

_ODD_NOTES = frozenset({"ge_read_as_2", "doubled_text", "unit_unknown", "leftover", "comparator_mistyped"})
"""What the reading of targets notes of texts that recognition may have spoilt."""

_TWO_WIDTHS = frozenset("%％~～")
"""Signs of values with a twin of another width that prints alike; the recogniser knows only one of each."""

_VALUES = frozenset({"target_raw", "actual_raw", "pct_raw", "weight_raw"})
"""Fields whose text as filed is shown and compared with other filings'."""

_CENT, _WHOLE = Decimal("0.01"), Decimal(100)


def recognition_doubts(document: Document, records: FilingRecords) -> tuple[Doubt, ...]:
    """Give the doubts about a document's recognised cells, and those that the reader could not tell apart."""
    lost = (*_pages_noted(document, "table_not_told"), *_pages_noted(document, "page_photographed", "photographed"))
    grids = {grid.table_no: grid for grid in document.grids() if grid.confidences}
    fields = [one for one in records.used_cells if one.field is not None]
    used = [one for one in fields if one.table_no in grids]
    doubts = {_key(doubt): doubt for doubt in (*_noted_cells(document, fields), *_unsure_cells(grids, used))}
    if not grids:
        return (*lost, *doubts.values())
    judged = (
        *_amounts(records, used),
        *_plans(records, used),
        *_targets(grids, records, used),
        *_levels(records, used),
        *_widths(grids, used),
    )
    for doubt in judged:
        doubts.setdefault(_key(doubt), doubt)
    return (*lost, *doubts.values())


def _pages_noted(document: Document, note: str, reason: str | None = None) -> Iterator[Doubt]:
    """Doubt the whole filing for what was noted of pages: which project a table not read belongs to nobody can tell."""
    pages = [one.page for one in document.notes if one.code == note]
    if pages:
        text = "、".join(f"第{page}页" for page in pages)
        yield Doubt(
            field="file_name",
            value_read=text,
            reason=reason or note,
            project_no=None,
            indicator_no=None,
            place=Place(pages[0], 0, 0),
        )


def _key(doubt: Doubt) -> tuple[int | None, int | None, str, int, int, int | None]:
    return doubt.project_no, doubt.indicator_no, doubt.field, doubt.place.table_no, doubt.place.row_no, doubt.col_no


def _unsure_cells(grids: Mapping[int, Grid], used: Iterable[UsedCell]) -> Iterator[Doubt]:
    """Doubt each field whose cell was not read surely."""
    for one in used:
        grid = grids[one.table_no]
        cell = grid.cell_at(one.row_no - 1, one.col_no - 1)
        sure = grid.confidence_of(cell) if cell is not None else None
        if cell is None or sure is None:
            continue
        is_text = one.field in _TEXTS
        if sure < (SURE_TEXT if is_text else SURE):
            yield _doubt(one, cell.text, "low_confidence_text" if is_text else "low_confidence", sure)


def _noted_cells(document: Document, used: Iterable[UsedCell]) -> Iterator[Doubt]:
    """Doubt each field that a cell became which the reader could not tell from its neighbours, or not read to the end."""
    noted: dict[tuple[int, int, int], ReadNote] = {}
    for note in document.notes:
        if note.code in CELL_NOTES and note.table_no and note.row_no and note.col_no:
            noted.setdefault((note.table_no, note.row_no, note.col_no), note)
    for one in used:
        said = noted.get((one.table_no, one.row_no, one.col_no))
        if said is not None:
            yield _doubt(one, said.detail, said.code)


def _widths(grids: Mapping[int, Grid], used: Iterable[UsedCell]) -> Iterator[Doubt]:
    """Say of each field with a sign that exists in two widths that the picture does not tell which: the value is the same."""
    for one in used:
        cell = grids[one.table_no].cell_at(one.row_no - 1, one.col_no - 1)
        if one.field not in _VALUES or cell is None or grids[one.table_no].confidence_of(cell) is None:
            continue
        if any(sign in _TWO_WIDTHS for sign in cell.text):
            yield _doubt(one, cell.text, "width_not_told")


def _doubt(used: UsedCell, text: str | None, reason: str, sure: float | None = None) -> Doubt:
    return Doubt(
        field=used.field or "",
        value_read=text,
        reason=reason,
        project_no=used.project_no,
        indicator_no=used.indicator_no,
        place=Place(used.page, used.table_no, used.row_no),
        col_no=used.col_no,
        confidence=None if sure is None else Decimal(f"{sure:.3f}"),
    )


def _places(used: Iterable[UsedCell], field: str) -> dict[tuple[int | None, int | None], UsedCell]:
    """Give the first cell that each record's field was read from, by project and indicator."""
    found: dict[tuple[int | None, int | None], UsedCell] = {}
    for one in used:
        if one.field == field:
            found.setdefault((one.project_no, one.indicator_no), one)
    return found


def _amounts(records: FilingRecords, used: list[UsedCell]) -> Iterator[Doubt]:
    """Doubt budgets that their parts do not add up to, and project codes that are none."""
    budgets, codes = _places(used, "budget_raw"), _places(used, "project_code")
    for project in records.projects:
        place = budgets.get((project.project_no, None))
        if place is not None and not _adds_up(project):
            yield _doubt(place, project.budget_raw, "recognised_sum")
        place = codes.get((project.project_no, None))
        code = read_project_code(project.project_code) if project.project_code else None
        if place is not None and (code is None or code.faults or code.check_matches is False):
            yield _doubt(place, project.project_code, "recognised_code")


def _adds_up(project: Project) -> bool:
    parts = [part for part in (project.fiscal_yuan, project.carryover_yuan, project.other_yuan) if part is not None]
    if project.budget_yuan is None or project.fiscal_yuan is None:
        return True
    return abs(sum(parts, Decimal(0)) - project.budget_yuan) < _CENT or project.fiscal_yuan == project.budget_yuan


def _plans(records: FilingRecords, used: list[UsedCell]) -> Iterator[Doubt]:
    """Doubt spending plans that fall, or do not end at 100."""
    by_project: dict[int, list[SpendingPoint]] = {}
    for point in records.spending_plan:
        by_project.setdefault(point.project_no, []).append(point)
    for number, points in by_project.items():
        shares = [point.cumulative_pct for point in points]
        whole = [share for share in shares if share is not None]
        if len(whole) == len(shares) and whole == sorted(whole) and whole[-1] == _WHOLE:
            continue
        for one in used:
            if (one.field, one.project_no) == ("pct_raw", number):
                yield _doubt(
                    one, next((p.pct_raw for p in points if p.place.row_no == one.row_no), None), "recognised_plan"
                )


def _targets(grids: Mapping[int, Grid], records: FilingRecords, used: list[UsedCell]) -> Iterator[Doubt]:
    """Doubt targets that read like misread ones: numbers that make no value, unknown units, shares above all."""
    cells: dict[tuple[str, int | None, int | None], list[UsedCell]] = {}
    for one in used:
        if one.field in ("target_raw", "actual_raw"):
            cells.setdefault((one.field, one.project_no, one.indicator_no), []).append(one)
    for indicator in records.indicators:
        for field, target in (("target_raw", indicator.target), ("actual_raw", indicator.actual)):
            own = cells.get((field, indicator.project_no, indicator.indicator_no))
            if own and target is not None and _looks_misread(indicator, target):
                yield _doubt(*_telling(grids, own, target.raw), "recognised_odd")


def _levels(records: FilingRecords, used: list[UsedCell]) -> Iterator[Doubt]:
    """Doubt indicators without any level: in a picture, the rules or the words of its column may not have been told."""
    names = _places(used, "indicator_raw")
    for indicator in records.indicators:
        place = names.get((indicator.project_no, indicator.indicator_no))
        if place is not None and indicator.level1 is None and indicator.level2 is None:
            yield replace(_doubt(place, indicator.indicator_raw, "recognised_level"), field="level2", col_no=None)


def _telling(grids: Mapping[int, Grid], own: list[UsedCell], raw: str) -> tuple[UsedCell, str]:
    """Of the cells that a value was put together from (sign, value, unit), give the one with its digits, and its text.

    A correction is made in one cell, in place of what stands there.
    """
    if len(own) == 1:
        return own[0], raw
    cells = [(one, grids[one.table_no].cell_at(one.row_no - 1, one.col_no - 1)) for one in own]
    texts = [(one, cell.text if cell is not None else raw) for one, cell in cells]
    return max(texts, key=lambda found: sum(letter.isdigit() for letter in found[1]))


def _looks_misread(indicator: Indicator, target: Target) -> bool:
    if _ODD_NOTES.intersection(note.partition(":")[0] for note in target.notes):
        return True
    if target.target_kind in (None, "text"):
        return any(letter.isdigit() for letter in target.raw)
    return target.target_kind == "percent" and max(target.value_low or 0, target.value_high or 0) > _WHOLE
