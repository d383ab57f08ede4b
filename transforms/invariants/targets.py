"""Targets whose sign was lost, or that hold several values."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from transforms.forms.form import Form, FormRow
from transforms.forms.rows.contents import is_sign
from transforms.records import MEASURED_KINDS, Doubt, Indicator


def value_doubts(indicators: Sequence[Indicator]) -> Iterator[Doubt]:
    """Yield the targets that hold several values, of which none was taken."""
    for row in indicators:
        if "several_values" in row.target.notes:
            yield Doubt("target_raw", row.target.raw, "several_values", row.project_no, row.indicator_no, row.place)


def kind_doubts(indicators: Sequence[Indicator]) -> Iterator[Doubt]:
    """Yield the days and sums that answer for what is counted, paid or felt, and the targets of a project that has none.

    Both come from a column that is not the targets': 数量指标 with 2023-12-31, 满意度指标 with 5万元.
    """
    for row in indicators:
        kinds = _UNLIKELY.get(row.level2_group or "", frozenset())
        if row.target.target_kind in kinds and not _OF_TIME.search(row.indicator_raw):
            yield Doubt("target_raw", row.target.raw, "kind_unlikely", row.project_no, row.indicator_no, row.place)
    for _, found in groupby(indicators, key=lambda indicator: indicator.project_no):
        rows = list(found)
        if len(rows) >= LEAST_EMPTY and all(row.target.target_kind is None for row in rows):
            for row in rows:
                yield Doubt("target_raw", row.target.raw, "no_target_read", row.project_no, row.indicator_no, row.place)


_UNLIKELY = {
    "数量": frozenset({"date"}),
    "成本": frozenset({"date"}),
    "满意度": frozenset({"date", "money"}),
}
"""Kinds of targets by level-2 group that belong to another one."""
_OF_TIME = re.compile(r"[时日期]|完[成工]|进度|年度|月份")
LEAST_EMPTY = 3
"""Of so many indicators one at least has a target, or the column of targets was not found."""


def sign_doubts(indicators: Sequence[Indicator], forms: Sequence[Form]) -> Iterator[Doubt]:
    """Yield the measured targets of a project whose form writes signs in cells, but of which none has a stated sign."""
    for number, form in enumerate(forms, start=1):
        measured = [
            row
            for row in indicators
            if row.project_no == number and row.target.target_kind in MEASURED_KINDS - {"date"}
        ]
        if any(row.target.comparator_stated for row in measured) or not any(_has_sign(row) for row in form.rows):
            continue
        for row in measured:
            yield Doubt("target_raw", row.target.raw, "sign_column_unread", number, row.indicator_no, row.place)


def _has_sign(row: FormRow) -> bool:
    return any(is_sign(cell.text) for cell in row.grid.row_cells(row.row.row))
