"""Word tables whose cells were merged and split by hand: columns by the order of cells where grid edges are a little off."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.document import Cell, Grid

_LEAST_CELLS = 4
"""Rows of fewer cells are labels and values, which need no columns."""

_OFF = 1
"""An edge that was split by hand stands so many grid columns beside those of the other rows."""


def align_rows(grid: Grid) -> Grid:
    """Give neighbouring rows of equally many cells the columns of the first, where their edges cross its cells.

    A cell that ends inside a cell of the row above and begins inside its neighbour belongs to neither by the grid; by
    order it does. Rows that only refine each other's columns are left alone.
    """
    if not _may_be_off(grid):
        return grid
    rows = [grid.row_cells(row) for row in range(grid.n_rows)]
    moved: dict[Cell, Cell] = {}
    first = 0
    for row in range(1, grid.n_rows + 1):
        if row == grid.n_rows or len(rows[row]) != len(rows[first]):
            moved |= _align(rows[first:row])
            first = row
    if not moved:
        return grid
    sure = grid.confidences or (None,) * len(grid.cells)
    pairs = sorted(
        ((moved.get(cell, cell), own) for cell, own in zip(grid.cells, sure, strict=True)),
        key=lambda pair: (pair[0].row, pair[0].col),
    )
    cells, own_sure = tuple(cell for cell, _ in pairs), tuple(one for _, one in pairs)
    return replace(grid, cells=cells, confidences=own_sure if grid.confidences else ())


def _may_be_off(grid: Grid) -> bool:
    """Tell by the cells that begin in neighbouring rows whether a closer look is worth it: of most tables it is not."""
    starts: list[list[int]] = [[] for _ in range(grid.n_rows)]
    for cell in grid.cells:
        starts[cell.row].append(cell.col)
    return any(_differ(upper, lower) for upper, lower in pairwise(starts))


def _differ(upper: list[int], lower: list[int]) -> bool:
    """Tell whether cells that begin in two rows are a little off; level cells merged from above stand at the left."""
    count = min(len(upper), len(lower))
    right, own = upper[-count:], lower[-count:]
    near = count >= _LEAST_CELLS - 1 and all(abs(one - other) <= _OFF for one, other in zip(right, own, strict=True))
    return near and right != own


def _align(rows: Sequence[Sequence[Cell]]) -> dict[Cell, Cell]:
    """Give the cells of some rows with their new columns; nothing where none is off, or one does not match by order."""
    model = rows[0]
    if len(model) < _LEAST_CELLS or not any(_crosses(cells, model) for cells in rows[1:]):
        return {}
    number: dict[Cell, int] = {}
    for cells in rows:
        for k, (cell, own) in enumerate(zip(cells, model, strict=True)):
            if number.setdefault(cell, k) != k or abs(cell.col - own.col) > _OFF:
                return {}
    return {
        cell: cell._replace(col=model[k].col, col_span=model[k].col_span)
        for cell, k in number.items()
        if (cell.col, cell.col_span) != (model[k].col, model[k].col_span)
    }


def _crosses(cells: Sequence[Cell], model: Sequence[Cell]) -> bool:
    """Tell whether both rows have an edge that the other one has not: neither refines the other's columns."""
    edges, others = {cell.col for cell in cells}, {cell.col for cell in model}
    return bool(edges - others) and bool(others - edges)
