"""One sheet's cells → its blocks in order: titles and notes as paragraphs, tables as grids.

A sheet has one raster for everything that stands on it: a title is a row of one text above the table, two forms stand
side by side with an empty column between them.
"""

from collections.abc import Iterator, Sequence

from extractors.document import Cell, Grid, Paragraph
from extractors.xlsx.cells import ShownCell, VisibleSheet

_ALIKE = 2
"""Two halves of a sheet that have so many texts in common are two forms side by side."""

Place = tuple[int, int]
Block = tuple[Grid, dict[Place, Place]] | Paragraph
"""A table with the place in the grid (0-based) of each of the sheet's (1-based), or a paragraph."""


def find_blocks(sheet: VisibleSheet, first_table_no: int) -> Iterator[Block]:
    """Yield a sheet's paragraphs and tables, top to bottom; tables are counted from ``first_table_no``."""
    number = first_table_no
    for cells, is_table in _bands(sheet):
        if not is_table:
            yield from (Paragraph(text) for text in _lines(cells))
            continue
        for half in _halves(cells, sheet):
            yield _grid(number, half, sheet)
            number += 1


def _bands(sheet: VisibleSheet) -> Iterator[tuple[list[ShownCell], bool]]:
    """Yield the runs of rows that are tables, and those between them, each as its cells.

    Where tables are ruled, a row belongs to one by its rules; else by its having more than one text. An empty row ends
    a table if what follows is a title.
    """
    by_row: dict[int, list[ShownCell]] = {row: [] for row in sheet.rows}
    reach: dict[int, int] = {}
    for cell in sheet.cells:
        by_row[cell.row].append(cell)
    at = {row: k for k, row in enumerate(sheet.rows)}
    for cell in sheet.cells:
        for k in range(at[cell.row], at[cell.row] + cell.row_span):
            reach[sheet.rows[k]] = max(reach.get(sheet.rows[k], 0), at[cell.row] + cell.row_span)
    ruled = {row for row, _ in sheet.ruled}
    is_ruled = len(ruled & set(sheet.rows)) > 1
    band: list[ShownCell] = []
    in_table = False
    end = 0
    for k, row in enumerate(sheet.rows):
        cells = by_row[row]
        by_text = len(cells) > 1 or (in_table and not cells)
        belongs = k < end or (row in ruled if is_ruled else by_text)
        if band and belongs != in_table and (cells or belongs):
            yield band, in_table
            band = []
        if cells or belongs:
            in_table = belongs
        band += cells
        end = max(end, reach.get(row, 0))
    if band:
        yield band, in_table


def _lines(cells: Sequence[ShownCell]) -> Iterator[str]:
    """Yield one paragraph a row; texts side by side are parted by two blanks."""
    row: list[ShownCell] = []
    for cell in cells:
        if row and cell.row != row[0].row:
            yield "  ".join(one.text for one in row)
            row = []
        row.append(cell)
    if row:
        yield "  ".join(one.text for one in row)


def _halves(cells: list[ShownCell], sheet: VisibleSheet) -> list[list[ShownCell]]:
    """Part a table at an empty column if both sides repeat each other's texts: two forms side by side."""
    at = {col: k for k, col in enumerate(sheet.cols)}
    filled = {k for cell in cells for k in range(at[cell.col], at[cell.col] + cell.col_span)}
    for k in range(min(filled, default=0) + 1, max(filled, default=0)):
        if k in filled:
            continue
        left = [cell for cell in cells if at[cell.col] < k]
        right = [cell for cell in cells if at[cell.col] > k]
        if len({cell.text for cell in left} & {cell.text for cell in right}) >= _ALIKE and _looks_whole(left, right):
            return [left, *_halves(right, sheet)]
    return [cells]


def _looks_whole(left: Sequence[ShownCell], right: Sequence[ShownCell]) -> bool:
    """Tell whether both sides begin with the same label, as two copies of one form do."""
    return bool(left) and bool(right) and left[0].text == right[0].text


def _grid(number: int, cells: Sequence[ShownCell], sheet: VisibleSheet) -> tuple[Grid, dict[Place, Place]]:
    """Make the grid of a table's cells: from its first row and column to its last, empty places as empty cells."""
    rows = {row: k for k, row in enumerate(sheet.rows)}
    cols = {col: k for k, col in enumerate(sheet.cols)}
    top, left = min(rows[cell.row] for cell in cells), min(cols[cell.col] for cell in cells)
    bottom = max(rows[cell.row] + cell.row_span for cell in cells)
    right = max(cols[cell.col] + cell.col_span for cell in cells)
    placed = [
        Cell(rows[cell.row] - top, cols[cell.col] - left, cell.text, cell.row_span, cell.col_span) for cell in cells
    ]
    covered = {
        (row, col)
        for cell in placed
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    }
    empty = [
        Cell(row, col, "") for row in range(bottom - top) for col in range(right - left) if (row, col) not in covered
    ]
    grid = Grid(number, bottom - top, right - left, tuple(sorted(placed + empty, key=lambda cell: cell[:2])))
    places = {
        (row, col): (rows[row] - top, cols[col] - left)
        for row in sheet.rows[top:bottom]
        for col in sheet.cols[left:right]
    }
    return grid, places
