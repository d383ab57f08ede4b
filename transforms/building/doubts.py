"""Doubts about a target that was read: a sign taken for a digit, a text written twice, digits that a line break parts."""

import re
from collections.abc import Iterator
from decimal import Decimal

from transforms.forms.form import FormRow
from transforms.numbers.units import find_unit
from transforms.records import Doubt, Target

_REASONS = {"ge_read_as_2": "sign_misread", "doubled_text": "repeated_value", "range_reversed": "range_reversed"}
_ONE = Decimal(1)
"""A share whose % was not written but inferred may be 0.95 for 95% up to here."""
_BROKEN_DIGITS = re.compile(r"[\d,，]\s*\n\s*\d")
_NUMBERS = frozenset({"percent", "quantity", "money"})


def target_doubts(
    found: FormRow, target: Target, actual: Target | None, project_no: int, number: int
) -> Iterator[Doubt]:
    """Yield the doubts of one row's target and actual value; each names its column's cell where there is one."""
    for field, role, value in (("target_raw", "value", target), ("actual_raw", "actual", actual)):
        if value is None:
            continue
        reasons = [_REASONS[note] for note in value.notes if note in _REASONS]
        if value.target_kind in _NUMBERS and any(_BROKEN_DIGITS.search(text) for text in _texts(found, role)):
            reasons.append("digits_over_lines")
        if "unit_inferred" in value.notes and value.target_kind == "percent" and _most(value) <= _ONE:
            reasons.append("share_or_percent")
        unit = find_unit(found.row.text("unit")) if value.target_kind == "date" else None
        if role == "value" and unit is not None and unit.dimension != "time" and unit.name not in _TIMES:
            reasons.append("unit_of_a_day")
        cell = next(iter(found.row.cells.get(role, [])), None)
        for reason in reasons:
            yield Doubt(field, value.raw, reason, project_no, number, found.place, found.col_no(cell))


_TIMES = frozenset({"年", "月", "日", "天", "个月", "号"})
"""Units that a day may have in the unit's column."""


def _most(target: Target) -> Decimal:
    return max(value for value in (target.value_low, target.value_high) if value is not None)


def _texts(found: FormRow, role: str) -> list[str]:
    return [cell.text for cell in found.row.cells.get(role, [])]
