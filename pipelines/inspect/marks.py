"""What became of each cell of a filing, in words for a person: used, ignored by a rule, unread, or in another table."""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from extractors.document import Cell, Grid
from pipelines.inspect.words import target_words
from transforms.records import FilingRecords, Indicator, UsedCell

IGNORED = "ignored:"
OTHER_TABLE = "ignored:other_table"


class Kind(StrEnum):
    """What became of a cell; ``sign`` shows it without colours."""

    USED = "used"
    IGNORED = "ignored"
    UNREAD = "unread"
    OTHER = "other"

    @property
    def sign(self) -> str:
        """The mark before a cell's text."""
        return {"used": "✓", "ignored": "·", "unread": "✗", "other": " "}[self.value]

    @property
    def label(self) -> str:
        """The kind in Chinese, for legends."""
        return {"used": "已采用", "ignored": "按规则略过", "unread": "未能理解", "other": "不属于绩效表"}[self.value]


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell's kind and its meaning in Chinese."""

    kind: Kind
    meaning: str


Marks = dict[tuple[int, int, int], Mark]
"""Marks by table_no, row and col (both 0-based, as in ``Cell``)."""


@cache
def use_meanings() -> dict[str, str]:
    """Read the Chinese names of fields and ignore rules from ``cell_uses.csv``."""
    with (Path(__file__).with_name("cell_uses.csv")).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    meanings = {row["use"]: row["meaning"] for row in rows}
    if len(meanings) != len(rows):
        raise ValueError("cell_uses.csv names a use twice")
    return meanings


def mark_cells(records: FilingRecords | None) -> Marks:
    """Give the marks of all cells that the records account for."""
    if records is None:
        return {}
    indicators = {(row.place.table_no, row.place.row_no): row for row in records.indicators}
    marks = {
        (cell.table_no, cell.row_no - 1, cell.col_no - 1): Mark(
            kind_of(cell.use), describe_use(cell, indicators.get((cell.table_no, cell.row_no)))
        )
        for cell in records.used_cells
    }
    for unread in records.unread_cells:
        place = (unread.table_no, unread.row_no - 1, unread.col_no - 1)
        marks[place] = Mark(Kind.UNREAD, name_use(unread.reason))
    return marks


def describe_use(cell: UsedCell, indicator: Indicator | None) -> str:
    """Name what a cell was used for, with what was made of it where that is more than its text."""
    readings: dict[str, str | None] = {}
    if indicator is not None:
        target, actual = target_words(indicator.target), target_words(indicator.actual)
        readings = {"name": indicator.indicator, "value": target, "sign": target, "unit": target, "actual": actual}
    reading = readings.get(cell.use)
    return name_use(cell.use) + (f" → {reading}" if reading else "")


def kind_of(use: str) -> Kind:
    """Tell what a use means for the person who looks at the cell."""
    if use == OTHER_TABLE:
        return Kind.OTHER
    return Kind.IGNORED if use.startswith(IGNORED) else Kind.USED


def mark_of(marks: Marks, grid: Grid, cell: Cell) -> Mark:
    """Give one cell's mark; a cell that nothing accounts for stands in a table that is not a performance table."""
    return marks.get((grid.table_no, cell.row, cell.col), Mark(Kind.OTHER, ""))


def name_use(use: str) -> str:
    """Give the Chinese name of a use; a use without one is shown by its code."""
    code = use.removeprefix(IGNORED)
    return use_meanings().get(code, code)
