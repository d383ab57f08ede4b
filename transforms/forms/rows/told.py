"""Columns whose heading no list knows, told by their cells and their place beside those that are known."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from extractors.document import Grid, own_cells
from transforms.forms.labels import find_head_role, find_header_role, label_key
from transforms.forms.rows.contents import HALF, holds_bases, holds_signs, is_measure, level_held, share
from transforms.forms.rows.heading import Column
from transforms.names.levels import read_level1, read_level2
from transforms.numbers.units import find_unit

LEAST_COLUMNS = 3
"""A heading has so many texts at least: a level's, the names', the values'."""

NEARLY_ALL = 0.8
"""Share of a column's cells that are units, or of the rows that names fill: the rest are blank or words."""

MOST_MEASURED_NAMES = 0.2
"""Share of the names that may read as measures (村道3公里): more, and the column holds values."""

LEAST_MEASURED_VALUES = 0.4
"""Share of the values that must be measures: the others are words (优, 按时完成), which a column of notes holds as well."""

_FACTS = frozenset({"project_name", "project_code", "unit_name", "department", "budget_group", "plan"})
TextsBelow = Callable[[Grid, int, Column], list[str]]


def heads_told_columns(grid: Grid, row: int, texts_below: TextsBelow) -> bool:
    """Tell whether a row heads indicators whatever its words: level-2 names begin right below it, values stand beside.

    One of its texts is a known heading at least; none is a measure, a level's name, or a label that only a head has.
    """
    cells = [cell for cell in own_cells(grid, row) if cell.text.strip()]
    if len(cells) < LEAST_COLUMNS or row + 1 >= grid.n_rows:
        return False
    if not any(find_header_role(cell.text) for cell in cells):
        return False
    if any(_is_level(c.text) or _only_of_heads(c.text) or is_measure(c.text) for c in cells):
        return False
    columns = [Column("unknown", cell.col, cell.col + cell.col_span, cell.text, None) for cell in cells]
    texts = [texts_below(grid, row, column) for column in columns]
    levels = [n for n, found in enumerate(texts) if level_held(found) == 2 and _begins_below(grid, row, columns[n])]
    if not levels:
        return False
    right = texts[max(levels) + 1 :]
    measured = [share(found, is_measure) for found in right]
    return any(one >= LEAST_MEASURED_VALUES for one in measured) and any(
        found and one <= MOST_MEASURED_NAMES for found, one in zip(right, measured, strict=True)
    )


def _is_level(text: str) -> bool:
    return (read_level1(text) or read_level2(text)) is not None


def _only_of_heads(text: str) -> bool:
    role = find_head_role(text)
    is_fact = role is not None and (role in _FACTS or role.startswith("amount_"))
    return is_fact and find_header_role(text) is None


def _begins_below(grid: Grid, row: int, column: Column) -> bool:
    cell = grid.cell_at(row + 1, column.start)
    return cell is not None and cell.row == row + 1 and read_level2(cell.text) is not None


def name_told(grid: Grid, last: int, columns: list[Column], texts_below: TextsBelow) -> list[Column]:
    """Make the first unknown column right of level 2 the names', where no heading says which is and its cells are words."""
    level2 = [c.stop for c in columns if c.role == "level2" or level_held(texts_below(grid, last, c)) == 2]
    if not level2 or any(column.role in ("name", "name_value", "items") for column in columns):
        return columns
    for column in columns:
        texts = texts_below(grid, last, column)
        if column.role == "unknown" and column.start >= max(level2) and _are_names(texts):
            return [replace(c, role="name") if c is column else c for c in columns]
    return columns


def _are_names(texts: Sequence[str]) -> bool:
    different = len({label_key(text) for text in texts})
    return different >= NEARLY_ALL * len(texts) > 0 and share(texts, is_measure) <= MOST_MEASURED_NAMES


def role_told(columns: Sequence[Column], texts: Sequence[str]) -> str | None:
    """Give the role that the cells of an unknown column tell, if no other column has it: signs, units, bases."""
    roles = {column.role for column in columns}
    if "sign" not in roles and holds_signs(texts):
        return "sign"
    if "unit" not in roles and share(texts, lambda text: find_unit(text) is not None) >= NEARLY_ALL:
        return "unit"
    return "basis" if "basis" not in roles and share(texts, bool) >= HALF and holds_bases(texts) else None
