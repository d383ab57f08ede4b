"""Rows of an indicator table that are no indicators: totals, notes, signatures, subtotals, fillers."""

import re
from collections.abc import Iterator

from extractors.document import Cell
from transforms.forms.heads.rows import is_unit_row
from transforms.forms.labels import find_ignored_row, is_blank_value, is_filler, says_something
from transforms.forms.rows.columns import PROJECT_ROLES
from transforms.forms.rows.heading import Heading
from transforms.forms.rows.indicators import IndicatorRow
from transforms.names.levels import read_level1, read_level2
from transforms.names.townships import read_unit_line
from transforms.words.folding import squash

MOST_IN_SUBTOTAL = 4
"""Texts that a subtotal's row has at most: number, unit, amount, and one of its parts; more is a project without name."""


def ignored_row(text: str) -> str | None:
    """Name the ignore rule of a row; the rest of a cell that a page break cut may stand before its first words."""
    return next((rule for line in text.split("\n")[:2] if (rule := find_ignored_row(line))), None)


def numbers_columns(texts: list[Cell]) -> bool:
    """Tell whether a row only numbers the columns, as printed below many headings: 1 2 3 …, or 甲 乙 1 2 3 …."""
    words = [squash(cell.text) for cell in texts]
    first = next((at for at, word in enumerate(words) if word not in _STEMS), len(words))
    numbers = words[first:]
    return len(numbers) >= FEWEST_NUMBERED and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def subtotal_rule(heading: Heading, texts: list[Cell]) -> str | None:
    """Name a flat table's subtotal row: a unit and an amount, but neither project, level, indicator nor value.

    A row that numbers the columns is told in any table.
    """
    if numbers_columns(texts):
        return "column_numbers"
    if not heading.is_flat:
        return "unit_row" if is_unit_row(texts) and len(texts) == 1 else None
    roles = set()
    for cell in texts:
        roles |= {column.role for column in heading.columns if column.start <= cell.col < column.stop}
    if "budget" in roles and not roles & {"name", "value", "level1", "level2", "goal"}:
        if any(ignored_row(cell.text) == "total_row" for cell in texts):
            return "subtotal_row"  # however many sums and codes stand beside 合计
        if any(_names_project(heading, cell) for cell in texts):
            return None  # a project in a row of its own, its indicators below it
        return "subtotal_row" if len(texts) <= MOST_IN_SUBTOTAL and "project_code" not in roles else None
    return None


def _names_project(heading: Heading, cell: Cell) -> bool:
    """Tell whether a cell across a table's columns names a project and no unit: 一、道路维修."""
    column = heading.column("project_name")
    wide = column is not None and column.start <= cell.col < column.stop and cell.col + cell.col_span > column.stop
    return wide and bool(_HAN.search(cell.text)) and read_unit_line(cell.text) is None


_STEMS = ("甲", "乙", "丙")
FEWEST_NUMBERED = 3
"""Columns that a row of numbers counts at least: 1 and 2 may be two targets."""
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")


def is_filler_row(row: IndicatorRow, measure: str) -> bool:
    """Tell whether a row only holds its place: no name, and no target that a level or description could name."""
    name, value = row.text("name"), row.text(measure)
    if not is_filler(name):
        return False
    if measure in row.fresh and not is_blank_value(value):
        return not (row.text("level2") or row.text("description"))
    return True


_PLACES_OF_FILLERS = PROJECT_ROLES | {"level1", "level2", "row_number"}
"""Cells that a filler row shares with the rows about it, or that number it."""


def band_cells(row: IndicatorRow, n_cols: int) -> list[Cell]:
    """Give the cells across most of the table that say something, no level's name: they are left out of no row unseen."""
    wide = [
        cell for cells in row.cells.values() for cell in cells if cell.row == row.row and cell.col_span * 2 > n_cols
    ]
    return [c for c in wide if says_something(c.text) and read_level1(c.text) is None and read_level2(c.text) is None]


def filler_cells(row: IndicatorRow) -> Iterator[Cell]:
    """Yield the cells that go out with a filler row; what else it holds stays unread."""
    for role, cells in row.cells.items():
        for cell in cells:
            shared = role in _PLACES_OF_FILLERS or (role == "name" and is_filler(cell.text))
            if shared or not says_something(cell.text):
                yield cell
