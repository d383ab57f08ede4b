"""Headings in two rows of a table without merged cells: which upper heading stands over which column."""

from itertools import groupby

from extractors.document import Cell, Grid
from transforms.forms.labels import find_header_role


def align_bands(grid: Grid, upper: int, lower: int) -> dict[int, Cell]:
    """Give the upper heading of each column whose lower cell is blank; empty where the rows do not tell.

    A text export writes a merged cell once and leaves nothing for the places that it covers, so that the upper row is
    shorter: 绩效指标 | 实际完成值 | 分值 over 一级指标 | 二级指标 | 三级指标 | (blank) | (blank). Each blank takes one
    upper heading, each run of written cells one band or more.
    """
    above = [cell for cell in (grid.cell_at(upper, col) for col in range(grid.n_cols)) if cell is not None]
    below = [grid.cell_at(lower, col) for col in range(grid.n_cols)]
    ragged = len(above) < grid.n_cols and all(cell.col_span == cell.row_span == 1 for cell in above)
    if not ragged or None in below or not all(find_header_role(cell.text) for cell in above):
        return {}
    runs = [(blank, list(cols)) for blank, cols in groupby(range(grid.n_cols), key=lambda c: _is_blank(below[c]))]
    blanks = [col for blank, cols in runs if blank for col in cols]
    bands = len(above) - len(blanks)
    written = sum(not blank for blank, _ in runs)
    if not blanks or bands < written or (bands > written and written > 1):
        return {}
    found: dict[int, Cell] = {}
    at = 0
    for blank, cols in runs:
        if not blank:
            at += 1 if written > 1 else bands
            continue
        for col in cols:
            found[col] = above[at]
            at += 1
    return found


def _is_blank(cell: Cell | None) -> bool:
    return cell is None or not cell.text.strip()
