"""Indicators' names and levels that can't be names and levels."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from transforms.forms.labels import label_key
from transforms.names.levels import read_level1, read_level2
from transforms.records import Doubt, Indicator

LONGEST_NAME = 60
"""Names of real filings have up to 40 characters; a longer one holds a sentence or another cell's text."""
LEAST_SAME = 3
"""So many indicators of one project that all bear one name are no indicators of that name; two may be."""
_NO_NAME = re.compile(
    r"(?:定[量性](?:指标)?|[是否有无]|正向|反向|(?:正|反)向指标|[\d.,%％≥≤<>=＝-]+|及时|合格|优|良|中|差)"
)


def name_doubts(indicators: Sequence[Indicator]) -> Iterator[Doubt]:
    """Yield the names that come from another column, are all the same, or far too long."""
    for _, found in groupby(indicators, key=lambda indicator: indicator.project_no):
        rows = list(found)
        keys = Counter(label_key(row.indicator_raw) for row in rows)
        same = len(rows) >= LEAST_SAME and len(keys) == 1
        for row in rows:
            if same or _NO_NAME.fullmatch(label_key(row.indicator_raw)):
                yield _doubt(row, "name_is_no_name")
            elif len(row.indicator_raw) > LONGEST_NAME:
                yield _doubt(row, "name_too_long")


def level_doubts(indicators: Sequence[Indicator]) -> Iterator[Doubt]:
    """Yield levels that no taxonomy knows, and the rows from which on a project seems to begin again."""
    for _, found in groupby(indicators, key=lambda indicator: indicator.project_no):
        rows = list(found)
        for row in rows:
            known = read_level2(row.level2) or read_level1(row.level2) or row.level2_group
            if row.level2 and not known:
                yield Doubt("level2", row.level2, "level_unknown", row.project_no, row.indicator_no, row.place)
            if row.level1 and read_level1(row.level1) is None and read_level2(row.level1) is None:
                yield Doubt("level1", row.level1, "level_unknown", row.project_no, row.indicator_no, row.place)
        again = _begins_again(rows)
        if again is not None:
            yield Doubt("level1", again.level1, "levels_begin_again", again.project_no, again.indicator_no, again.place)


def _begins_again(rows: Sequence[Indicator]) -> Indicator | None:
    """Give the row where the first level and name of a project come again after another level: two projects in one.

    Where the row begins another table, its levels are enough.
    """
    first = rows[0]
    left = False
    for above, row in pairwise(rows):
        left = left or row.level1 != first.level1
        same = (row.level1, row.level2) == (first.level1, first.level2)
        if left and same and (row.indicator_raw == first.indicator_raw or above.place.table_no != row.place.table_no):
            return row
    return None


def _doubt(row: Indicator, reason: str) -> Doubt:
    return Doubt("indicator_raw", row.indicator_raw, reason, row.project_no, row.indicator_no, row.place)
