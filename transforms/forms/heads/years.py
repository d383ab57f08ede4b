"""Sums of several years in a row: 实施期总额 | 2023年 | 2024年 | 2025年 over their sums; the filing's own year counts."""

import re
from dataclasses import dataclass

from extractors.document import Cell, Grid, own_cells
from transforms.forms.labels import label_key
from transforms.numbers.money import is_whole_amount

_YEAR = re.compile(r"^(20\d\d)年?度?$")
LEAST_YEARS = 2


@dataclass(frozen=True, slots=True)
class YearSums:
    """The headings of years, the sum of the filing's own (None where it is not among them), and the other years' sums."""

    headings: tuple[Cell, ...]
    own: Cell | None
    others: tuple[Cell, ...]


def find_year_sums(grid: Grid, row: int, rows: range, year: int | None) -> YearSums | None:
    """Find years side by side with a sum below each; None where the row is no such heading."""
    years = [cell for cell in own_cells(grid, row) if _YEAR.match(label_key(cell.text))]
    if len(years) < LEAST_YEARS or row + 1 not in rows:
        return None
    sums = [grid.cell_at(row + 1, cell.col) for cell in years]
    written = [cell for cell in sums if cell is not None and cell.row == row + 1 and is_whole_amount(cell.text)]
    if len(written) < len(years):
        return None
    own = next((s for y, s in zip(years, written, strict=True) if _year(y) == year), None)
    return YearSums(tuple(years), own, tuple(cell for cell in written if cell is not own))


def _year(cell: Cell) -> int | None:
    found = _YEAR.match(label_key(cell.text))
    return int(found.group(1)) if found is not None else None
