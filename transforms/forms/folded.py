"""A wide sheet printed over two pages: 序号 | 项目 | … | 三级指标 on the first, 序号 | 指标值 | 单位 of the same rows on the second."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.document import Document, Grid, Paragraph, ReadNote, own_cells
from transforms.forms.labels import find_header_role, label_key
from transforms.forms.ledger import Ledger
from transforms.forms.rows.columns import LEVEL_ROLES, MEASURE_ROLES, find_heading

LEAST_ROWS = 3
"""A heading and two rows: of fewer nobody can tell that both tables list the same."""
HIGHEST_HEADING = 3
"""The heading stands among so many first rows: a title and a note of the unit of money may stand above it."""
_CODE = "halves_joined"


def unfold(document: Document, ledger: Ledger) -> Document:
    """Give a document whose tables' second halves stand beside their first ones; the ledger leads back to both.

    Halves are told by their headings, one of names and the other of values, and by their rows: the same numbers (序号),
    else as many rows, and then each value is noted (``halves_joined``).
    """
    grids = list(document.grids())
    joined: dict[int, Grid] = {}
    notes: list[ReadNote] = []
    for first, second in pairwise(grids):
        halves = None if first.table_no in joined else _halves(first, second)
        if halves is None:
            continue
        joined[first.table_no] = joined[second.table_no] = _join(halves, ledger)
        if not halves.numbered:
            notes += _notes(halves)
    blocks: list[Paragraph | Grid] = []
    for block in document.blocks:
        whole = joined.get(block.table_no) if isinstance(block, Grid) else None
        if whole is None or not any(block is whole for block in blocks):
            blocks.append(whole or block)
    return replace(document, blocks=tuple(blocks), notes=(*document.notes, *notes)) if joined else document


@dataclass(frozen=True, slots=True)
class _Halves:
    """Two tables that list the same, the row of their headings, and whether numbers tell that they do."""

    first: Grid
    second: Grid
    row: int
    numbered: bool


def _halves(first: Grid, second: Grid) -> _Halves | None:
    if first.n_rows != second.n_rows or first.n_rows < LEAST_ROWS:
        return None
    row = next((r for r in range(min(HIGHEST_HEADING, first.n_rows)) if "name" in _roles(first, r)), None)
    if row is None or find_heading(first, row) is not None:
        return None
    names, values = _roles(first, row), _roles(second, row)
    if names & MEASURE_ROLES - {"unit"} or not names & {"level1", "level2", "project_name"}:
        return None
    if "value" not in values or values & LEVEL_ROLES:
        return None
    mine, yours = _numbers(first, row), _numbers(second, row)
    return _Halves(first, second, row, bool(mine) and mine == yours) if not (mine and yours and mine != yours) else None


def _roles(grid: Grid, row: int) -> set[str]:
    return {role for cell in own_cells(grid, row) if (role := find_header_role(cell.text))}


def _numbers(grid: Grid, row: int) -> list[str]:
    """Give the texts below 序号; empty where there is no such column."""
    col = next((cell.col for cell in own_cells(grid, row) if find_header_role(cell.text) == "row_number"), None)
    cells = [grid.cell_at(below, col) for below in range(row + 1, grid.n_rows)] if col is not None else []
    return [label_key(cell.text) if cell is not None else "" for cell in cells]


def _join(halves: _Halves, ledger: Ledger) -> Grid:
    first, second = halves.first, halves.second
    moved = [cell._replace(col=cell.col + first.n_cols) for cell in second.cells]
    whole = replace(
        first,
        n_cols=first.n_cols + second.n_cols,
        cells=tuple(sorted((*first.cells, *moved), key=lambda cell: cell[:2])),
        confidences=(),
        cut_rows=(),
    )
    ledger.lead_back_joined(whole, first, second)
    return whole


def _notes(halves: _Halves) -> Sequence[ReadNote]:
    grid = halves.second
    value = next(cell for cell in own_cells(grid, halves.row) if find_header_role(cell.text) == "value")
    cells = [grid.cell_at(row, value.col) for row in range(halves.row + 1, grid.n_rows)]
    return [
        ReadNote(_CODE, "", cell.page, grid.table_no, cell.row + 1, cell.col + 1, cell.text)
        for cell in cells
        if cell is not None and cell.text.strip()
    ]
