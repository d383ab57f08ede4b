"""Indicator tables without a heading: level 1, level 2, name and value told by the cells alone."""

from extractors.document import Grid
from transforms.forms.labels import label_key
from transforms.forms.rows.contents import is_measure, share
from transforms.forms.rows.heading import Column, Heading
from transforms.names.levels import read_level1, read_level2

LEAST_LEVELS = 3
"""So many different level-2 names must stand in one column."""

NEARLY_ALL = 0.8
"""Share of the rows that names and values must fill: one in five may be a level's own row, a note or a total."""

MOST_MEASURED_NAMES = 0.2
"""Share of the names that may read as measures (村道3公里): more, and the column holds values."""

LEAST_MEASURED_VALUES = 0.4
"""Share of the values that must be measures: the others are words (优, 按时完成), which a column of notes holds as well."""


def find_bare_heading(grid: Grid) -> Heading | None:
    """Give a heading of no rows above a table's first indicator; None where the cells do not tell the columns.

    One column holds level-2 names, and exactly two columns to its right are filled in nearly each row: names, then
    values, of which many are measures. ``last`` is the row before ``first``.
    """
    level2 = _level2_column(grid)
    if level2 is None:
        return None
    first = min(cell.row for cell in grid.cells if cell.col == level2 and _is_level(cell.text, 2))
    rows = range(first, grid.n_rows)
    starts: dict[int, list[str]] = {}
    for cell in grid.cells:
        if cell.row in rows and cell.col > level2 and cell.text.strip():
            starts.setdefault(cell.col, []).append(cell.text)
    filled = sorted(col for col, texts in starts.items() if len(texts) >= NEARLY_ALL * len(rows))
    if len(filled) != 2 or len(starts) > 2 or share(starts[filled[0]], is_measure) > MOST_MEASURED_NAMES:
        return None
    if share(starts[filled[1]], is_measure) < LEAST_MEASURED_VALUES:
        return None
    columns = [Column("level2", level2, level2 + 1, "", None)]
    columns += [Column("name", filled[0], filled[1], "", None), Column("value", filled[1], grid.n_cols, "", None)]
    level1 = next((cell.col for cell in grid.cells if cell.col < level2 and _is_level(cell.text, 1)), None)
    if level1 is not None:
        columns.insert(0, Column("level1", level1, level2, "", None))
    side = min((column.start for column in columns), default=0)
    if side > 0:
        columns.insert(0, Column("side", 0, side, "", None))
    return Heading(first, first - 1, tuple(columns), ())


def _level2_column(grid: Grid) -> int | None:
    names: dict[int, set[str]] = {}
    for cell in grid.cells:
        if _is_level(cell.text, 2) and not _is_level(cell.text, 1):
            names.setdefault(cell.col, set()).add(label_key(cell.text))
    best = max(names, key=lambda col: len(names[col]), default=None)
    return best if best is not None and len(names[best]) >= LEAST_LEVELS else None


def _is_level(text: str, level: int) -> bool:
    reader = read_level1 if level == 1 else read_level2
    return label_key(text).split("(")[0][-2:] in ("指标", "目标") and reader(text) is not None
