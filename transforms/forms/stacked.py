"""Tables with two rows an indicator: its name across several columns, and its value, weight … in those columns below."""

from dataclasses import dataclass

from extractors.document import Cell, Grid, own_cells
from transforms.forms.labels import find_header_role
from transforms.forms.rows.columns import MEASURE_ROLES

LEAST_STACKED = 2
"""One name over its value is a band above a row; two are the table's way."""
Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stacked:
    """The rows of such a part, the table with a row an indicator, and where each of its cells stands."""

    rows: range
    upright: Grid
    spots: dict[Spot, Spot]


def find_stacked(grid: Grid) -> Stacked | None:
    """Give the part of a table whose heading and rows are stacked alike; None where there is none."""
    for row in range(grid.n_rows - 2 * LEAST_STACKED - 1):
        over = next((cell for cell in own_cells(grid, row) if _heads_names(grid, cell)), None)
        if over is None:
            continue
        names = [cell for first in range(row + 2, grid.n_rows - 1, 2) if (cell := _name_in(grid, first, over))]
        count = next((n for n, cell in enumerate(names) if cell.row != row + 2 + 2 * n), len(names))
        if count >= LEAST_STACKED:
            return _unstack(grid, over, names[:count])
    return None


def _heads_names(grid: Grid, over: Cell) -> bool:
    """Tell whether a heading of names stands over headings of what stands below the names."""
    if over.col_span < 2 or over.row_span != 1 or find_header_role(over.text) != "name":
        return False
    roles = {find_header_role(cell.text) for cell in _under(grid, over)}
    return bool(roles & MEASURE_ROLES) and "name" not in roles and None not in roles


def _under(grid: Grid, over: Cell) -> list[Cell]:
    inside = range(over.col, over.col + over.col_span)
    return [cell for cell in own_cells(grid, over.row + 1) if cell.col in inside]


def _name_in(grid: Grid, row: int, over: Cell) -> Cell | None:
    cell = grid.cell_at(row, over.col)
    is_name = cell is not None and (cell.row, cell.col, cell.col_span) == (row, over.col, over.col_span)
    parted = cell is not None and any(below.text.strip() for below in _under(grid, cell))
    return cell if cell is not None and is_name and parted and cell.text.strip() else None


def _unstack(grid: Grid, over: Cell, names: list[Cell]) -> Stacked:
    beside = [c for c in grid.row_cells(over.row) if not over.col <= c.col < over.col + over.col_span]
    starts = [cell.col for cell in beside] + [over.col] + [cell.col for cell in _under(grid, over)]
    cells: list[Cell] = []
    spots: dict[Spot, Spot] = {}
    for number, name in enumerate([over, *names]):
        row = [grid.cell_at(name.row, col) for col in starts[: len(beside)]]
        row += [name, *(grid.cell_at(name.row + 1, col) for col in starts[len(beside) + 1 :])]
        for col, cell in enumerate(row):
            begins = cell is not None and cell.row in (name.row, name.row + 1)
            spots[number, col] = (cell.row, cell.col) if cell is not None else (name.row, name.col)
            cells.append(Cell(number, col, cell.text if cell is not None and begins else "", page=name.page))
    pages = tuple(grid.page_of(name.row) for name in (over, *names))
    upright = Grid(grid.table_no, len(names) + 1, len(starts), tuple(cells), pages)
    return Stacked(range(over.row, names[-1].row + 2), upright, spots)
