"""Several forms in one table: side by side, one project a column, or one table's rows in two blocks of columns.

Each becomes a view of its own: a grid of some of the table's cells in the same rows, whose columns the ledger leads
back to the table's.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.document import Cell, Grid, own_cells
from transforms.forms.cards import find_cards
from transforms.forms.labels import find_head_role
from transforms.forms.ledger import Ledger
from transforms.forms.rows.columns import find_heading
from transforms.forms.rows.heading import Heading
from transforms.forms.rows.periods import blocks_of, same_roles, tell_periods
from transforms.forms.stacked import find_stacked
from transforms.forms.turned import find_turned


def split_views(grid: Grid, ledger: Ledger) -> list[tuple[Grid, list[Heading]]]:
    """Give the views of a table with their headings, in the order in which they are read; itself where it is one form."""
    cards = find_cards(grid)
    if cards is not None and (titled := find_heading(cards.upright, 0)) is not None:
        ledger.lead_back_places(cards.upright, cards.spots)
        ledger.ignore(grid, cards.labels, "label")
        return [*_rest(grid, cards.rows, ledger), (cards.upright, [titled])]
    stacked = find_stacked(grid)
    if stacked is not None and (titled := find_heading(stacked.upright, 0)) is not None:
        ledger.lead_back_places(stacked.upright, stacked.spots)
        return [*_rest(grid, stacked.rows, ledger), (stacked.upright, [titled])]
    headings = [heading for row in range(grid.n_rows) if (heading := find_heading(grid, row))]
    for split in (_side_by_side, _project_columns, _two_blocks):
        parts = split(grid, headings) if headings else []
        if parts:
            return [view for part in parts for view in split_views(_make_view(grid, part, ledger), ledger)]
    return [(grid, headings)] if headings else _lying(grid, ledger)


def _lying(grid: Grid, ledger: Ledger) -> list[tuple[Grid, list[Heading]]]:
    """Give what stands above and below a part that lies on its side, and that part turned upright."""
    turned = find_turned(grid)
    heading = find_heading(turned.upright, 0) if turned is not None else None
    if turned is None or heading is None:
        return [(grid, [])]
    ledger.lead_back_turned(turned.upright, grid, turned.rows.start, turned.first_col)
    return [*_rest(grid, turned.rows, ledger), (turned.upright, [heading])]


def _rest(grid: Grid, rows: range, ledger: Ledger) -> list[tuple[Grid, list[Heading]]]:
    """Give what a table holds beside some rows; nothing where that is blank."""
    rest = replace(grid, cells=tuple(cell for cell in grid.cells if cell.row not in rows), confidences=())
    ledger.lead_back(rest, grid, range(grid.n_cols))
    return [(rest, [])] if any(cell.text.strip() for cell in rest.cells) else []


Part = tuple[Sequence[int], int, Sequence[int]]
"""Columns of a view, the row from which on they alone count, and the columns above that row."""


def _make_view(grid: Grid, part: Part, ledger: Ledger) -> Grid:
    own, first, above = part
    columns = sorted({*own, *above})
    places = {col: number for number, col in enumerate(columns)}
    cells = []
    for cell in grid.cells:
        allowed = set(own if cell.row >= first else above)
        covered = [col for col in range(cell.col, cell.col + cell.col_span) if col in allowed]
        if covered:
            cells.append(cell._replace(col=places[covered[0]], col_span=len(covered)))
    view = Grid(grid.table_no, grid.n_rows, len(columns), tuple(cells), grid.row_pages, grid.page_starts, grid.cut_rows)
    ledger.lead_back(view, grid, columns)
    return view


def _side_by_side(grid: Grid, headings: Sequence[Heading]) -> list[Part]:
    """Part two forms that stand beside each other, each with its own 项目名称 and its own heading."""
    for row in range(headings[0].first + 1):
        named = [cell for cell in own_cells(grid, row) if find_head_role(cell.text) == "project_name"]
        if len(named) < 2:
            continue
        bounds = [0, *(cell.col for cell in named[1:]), grid.n_cols]
        parts = [range(start, stop) for start, stop in pairwise(bounds)]
        if not any(_crosses(cell, bounds[1:-1]) for cell in grid.cells) and all(_has_heading(grid, p) for p in parts):
            return [(part, 0, part) for part in parts]
    return []


def _crosses(cell: Cell, bounds: Sequence[int]) -> bool:
    return any(cell.col < bound < cell.col + cell.col_span for bound in bounds)


def _has_heading(grid: Grid, columns: range) -> bool:
    part = Grid(
        grid.table_no,
        grid.n_rows,
        len(columns),
        tuple(cell._replace(col=cell.col - columns.start) for cell in grid.cells if cell.col in columns),
    )
    return any(find_heading(part, row) for row in range(part.n_rows))


def _project_columns(grid: Grid, headings: Sequence[Heading]) -> list[Part]:
    """Part a form whose value column holds one project a grid column: 项目名称 | 培训 | 保洁 over 指标值."""
    for heading in headings:
        value = heading.column("value")
        if value is None or value.stop - value.start < 2:
            continue
        columns = range(value.start, value.stop)
        named = any(
            find_head_role(own_cells(grid, row)[0].text) == "project_name"
            and all(_begins_written(grid, row, col) for col in columns)
            for row in range(heading.first)
            if own_cells(grid, row)
        )
        filled = all(
            any(_begins_written(grid, row, col) for row in range(heading.last + 1, grid.n_rows)) for col in columns
        )
        if named and filled:
            every = [[c for c in range(grid.n_cols) if c not in columns or c == col] for col in columns]
            return [(part, 0, part) for part in every]
    return []


def _begins_written(grid: Grid, row: int, col: int) -> bool:
    cell = grid.cell_at(row, col)
    if cell is None or (cell.row, cell.col, cell.col_span) != (row, col, 1):
        return False
    return bool(cell.text.strip()) and find_head_role(cell.text) is None


def _two_blocks(grid: Grid, headings: Sequence[Heading]) -> list[Part]:
    """Part a table whose heading comes twice side by side with no word of two periods: its rows go on in the second."""
    if len(headings) != 1:
        return []
    columns = sorted((*headings[0].columns, *headings[0].ignored), key=lambda column: column.start)
    blocks = blocks_of(columns)
    if len(blocks) < 2 or tell_periods(blocks) or not same_roles(blocks):
        return []
    starts = [0, *(block[0].start for block in blocks[1:]), grid.n_cols]
    first = headings[0].first
    if any(_crosses(cell, starts[1:-1]) for cell in grid.cells if cell.row >= first):
        return []
    parts = [range(start, stop) for start, stop in pairwise(starts)]
    return [(parts[0], first, range(grid.n_cols)), *((part, first, ()) for part in parts[1:])]
