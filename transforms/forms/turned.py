"""Indicator tables that lie on their side: 二级指标, 三级指标, 指标值 head rows, and each column is an indicator."""

from dataclasses import dataclass

from extractors.document import Cell, Grid
from transforms.forms.labels import find_header_role
from transforms.forms.rows.columns import LEVEL_ROLES, MEASURE_ROLES

_NAMES = frozenset({"name", "name_value"})
_OTHERS = frozenset({"weight", "description", "basis", "remark", "score", "reason", "row_number", "scoring"})


@dataclass(frozen=True, slots=True)
class Turned:
    """The rows of a table that lie on their side, and the table turned upright; ``first_col`` is its heading's column."""

    rows: range
    first_col: int
    upright: Grid


def find_turned(grid: Grid) -> Turned | None:
    """Give the part of a table that lies on its side; None where there is none.

    Its first cells head rows: a name's and a measure's at least, and each once.
    """
    for first in range(grid.n_rows - 1):
        last, roles = first, list[str]()
        while last < grid.n_rows and (role := _head_of(grid, last)) is not None and role not in roles:
            roles.append(role)
            last += 1
        if set(roles) & _NAMES and set(roles) & MEASURE_ROLES and len(roles) >= 2:
            return _turn(grid, range(first, last))
    return None


def _head_of(grid: Grid, row: int) -> str | None:
    """Give the role of a row that its first cell heads, if several cells stand beside it."""
    first = grid.cell_at(row, 0)
    if first is None or (first.row, first.row_span) != (row, 1):
        return None
    beside = [cell for cell in grid.row_cells(row) if cell.col >= first.col + first.col_span and cell.text.strip()]
    role = find_header_role(first.text)
    if role not in LEVEL_ROLES | MEASURE_ROLES | _OTHERS or any(find_header_role(c.text) == role for c in beside):
        return None
    return role if beside else None


def _turn(grid: Grid, rows: range) -> Turned:
    heads = [cell for row in rows if (cell := grid.cell_at(row, 0)) is not None]
    first_col = min(cell.col_span for cell in heads) - 1
    cells = []
    for cell in grid.cells:
        if cell.row in rows:
            begin, end = max(cell.col - first_col, 0), cell.col + cell.col_span - first_col
            bottom = min(cell.row + cell.row_span, rows.stop)
            cells.append(Cell(begin, cell.row - rows.start, cell.text, end - begin, bottom - cell.row, cell.page))
    height = grid.n_cols - first_col
    pages = (grid.page_of(rows.start),) * height
    upright = Grid(grid.table_no, height, len(rows), tuple(sorted(cells, key=lambda c: (c.row, c.col))), pages)
    return Turned(rows, first_col, upright)
