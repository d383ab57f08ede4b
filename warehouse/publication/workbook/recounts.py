"""Formulas in place of figures where a doubting reader would recompute them: the median of a group, the ratio to it.

A formula is written only where it gives the published figure from the rows of the sheet; where it would not (rows of
other years, few rows shown), the figure itself stands there.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from warehouse.publication.marts.tables import Mart, Row

MOST_ROWS = 2000
"""Each median looks through all rows of its sheet: from more rows on, Excel would make its reader wait."""

CENT, RATIO = 0.0051, 0.00011
"""How far a recomputed sum and ratio may lie from the published ones, which are rounded."""

GROUP_HEADING, VALUE_HEADING = "比较组", "计入中位数（元）"
HEADINGS = {
    GROUP_HEADING: "同一组的行互相比较；中位数的公式按此列取数",
    VALUE_HEADING: "本行计入中位数的金额：每乡镇一个，同一乡镇的其他行为空",
}


@dataclass(frozen=True, slots=True)
class Recount:
    """How a mart's median and ratio are made: rows alike in ``group`` meet, each ``once`` with its ``value``."""

    group: tuple[str, ...]
    once: str
    value: str
    median: str
    dividend: str
    ratio: str


RECOUNTS = {
    "cost_comparison": Recount(
        (
            *("county", "compared_within", "level2_group", "indicator", "unit_family", "county_median_yuan", "peers"),
            *("county_q1_yuan", "county_q3_yuan", "county_min_yuan", "county_max_yuan", "mad_yuan"),
        ),
        *("township", "township_value_yuan", "county_median_yuan", "compared_yuan", "ratio_to_median"),
    ),
    "budget_comparison": Recount(
        ("county", "project_category", "county_median_yuan"),
        *("township", "current_yuan", "county_median_yuan", "current_yuan", "ratio_to_median"),
    ),
}


@dataclass(frozen=True, slots=True)
class Recounted:
    """One row's group and the value that it gives to the median (None: none); whether the formulas hold for it."""

    group: int | None = None
    value: float | None = None
    median: bool = False
    ratio: bool = False


@dataclass(frozen=True, slots=True)
class FormulaPlace:
    """The letters of the columns that formulas read, and the sheet's first and last row (from 1)."""

    letters: Mapping[str, str]
    first: int
    last: int

    def median(self, row: int) -> str:
        """Give the median of a row's group, as an array formula."""
        group, value = self.letters[GROUP_HEADING], self.letters[VALUE_HEADING]
        groups, values = (f"${letter}${self.first}:${letter}${self.last}" for letter in (group, value))
        return f'{{=ROUND(MEDIAN(IF(({groups}=${group}{row})*({values}<>""),{values})),2)}}'

    def ratio(self, row: int, how: Recount) -> str:
        """Give a row's value divided by its median."""
        return f"=ROUND({self.letters[how.dividend]}{row}/{self.letters[how.median]}{row},4)"


def recount(table: Mart, rows: Sequence[Row]) -> tuple[Recounted, ...]:
    """Give for each row what its formulas need; nothing where the mart has none, or its rows are too many."""
    how = RECOUNTS.get(table.name)
    if how is None or len(rows) > MOST_ROWS:
        return ()
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        if table.value(row, how.median) is not None:
            groups[tuple(table.value(row, name) for name in how.group)].append(position)
    found = [Recounted()] * len(rows)
    for number, members in enumerate(groups.values(), 1):
        for position, made in _recount_group(table, rows, how, members, number):
            found[position] = made
    return tuple(found)


def _recount_group(
    table: Mart, rows: Sequence[Row], how: Recount, members: Sequence[int], number: int
) -> Iterator[tuple[int, Recounted]]:
    seen: set[str | None] = set()
    values: dict[int, float] = {}
    for position in members:
        name, value = table.text(rows[position], how.once), table.number(rows[position], how.value)
        if value is not None and value > 0 and name not in seen:
            seen.add(name)
            values[position] = value
    stated = table.number(rows[members[0]], how.median) or 0.0
    holds = bool(values) and abs(median(values.values()) - stated) < CENT
    for position in members:
        dividend, ratio = table.number(rows[position], how.dividend), table.number(rows[position], how.ratio)
        divides = bool(stated) and dividend is not None and ratio is not None and abs(dividend / stated - ratio) < RATIO
        yield position, Recounted(number, values.get(position), holds, divides)
