"""Columns that are more than one thing: an indicator each, two levels under one heading, or another year's values."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from extractors.document import Cell, Grid
from transforms.forms.labels import label_key
from transforms.forms.rows.contents import MOSTLY, is_measure, share
from transforms.forms.rows.heading import Column, Heading
from transforms.names.levels import read_level1, read_level2
from transforms.targets.named import split_named_target

_YEAR = re.compile(r"20\d\d(?=年)")
_YEAR_ONLY = re.compile(r"^(20\d\d)年?度?$")
_DATED = frozenset({"value", "actual", "monitor", "last_year_value"})
Texts = Callable[[Grid, int, Column], list[str]]


def names_indicators(grid: Grid, row: int) -> bool:
    """Tell whether the row below level names across a table names an indicator a column, and values stand below it."""
    under = [grid.cell_at(row + 1, col) for col in _item_columns(grid, row)]
    names = [cell.text for cell in under if cell is not None and cell.row == row + 1 and cell.text.strip()]
    if not names or len(names) < len(under) or any(split_named_target(name)[1] or is_measure(name) for name in names):
        return False
    values = [cell for col in _item_columns(grid, row) if (cell := grid.cell_at(row + 2, col)) is not None]
    return share([cell.text for cell in values if cell.text.strip()], is_measure) >= MOSTLY


def _item_columns(grid: Grid, row: int) -> list[int]:
    cells: list[Cell | None] = [grid.cell_at(row, col) for col in range(grid.n_cols)]
    return [col for col, cell in enumerate(cells) if cell is not None and cell.row == row and _is_level(cell.text)]


def _is_level(text: str) -> bool:
    return read_level2(text) is not None or read_level1(text) is not None


def as_item(grid: Grid, row: int, column: Column, named: bool) -> Column:
    """Give a column below a level's name as one of indicators: of the one that its heading names, or of those in its cells."""
    band = grid.cell_at(row, column.start)
    if band is None or not _is_level(band.text):
        return column
    return replace(column, role="items", heading=band.text, name=column.heading if named else "")


def part_levels(grid: Grid, last: int, columns: Sequence[Column], texts_below: Texts) -> list[Column]:
    """Part a heading over both levels (评价内容 over 产出 | 数量目标) into a column for each."""
    if any(column.role == "level2" for column in columns):
        return list(columns)
    parted: list[Column] = []
    for column in columns:
        inner = replace(column, role="level2", start=column.start + 1)
        texts = texts_below(grid, last, inner) if column.role == "level1" and column.stop - column.start == 2 else []
        if texts and share(texts, lambda text: read_level2(text) is not None) >= MOSTLY:
            parted += [replace(column, stop=column.start + 1), inner]
        else:
            parted.append(column)
    return parted


def past_years(columns: Sequence[Column]) -> list[Column]:
    """Make the columns of earlier years (2022年完成值 beside 2024年目标值) last year's values: the latest year is meant.

    Values of several years (2024年 | 2025年 | 2026年) are ``places``: only the filing's year tells which counts.
    """
    dated = [column for column in columns if column.role == "value" and _year_of(column) is not None]
    if len({_year_of(column) for column in dated}) > 1:
        return [replace(column, role="places") if column in dated else column for column in columns]
    years = {column.start: int(found.group()) for column in columns if (found := _YEAR.search(column.heading))}
    latest = max(years.values(), default=0)
    return [
        replace(column, role="last_year_value")
        if column.role in _DATED and years.get(column.start, latest) < latest
        else column
        for column in columns
    ]


def of_year(heading: Heading, year: int | None) -> Heading:
    """Give a heading whose values are those of several years with the filing's own year as the value's, where it is one."""
    dated = {column.start: _year_of(column) for column in heading.columns if column.role == "places"}
    if year is None or None in dated.values() or list(dated.values()).count(year) != 1:
        return heading
    columns = [replace(c, role="value") if dated.get(c.start) == year else c for c in heading.columns]
    others = tuple(column for column in columns if column.role == "places")
    return replace(
        heading,
        columns=tuple(column for column in columns if column.role != "places"),
        ignored=(*heading.ignored, *others),
    )


def _year_of(column: Column) -> int | None:
    """Give the year whose values a column holds: 2025年, 2025年目标值; None where its heading names none."""
    found = _YEAR_ONLY.match(label_key(column.heading)) or _YEAR.search(label_key(column.heading))
    return int(found.group(found.lastindex or 0)) if found is not None else None
