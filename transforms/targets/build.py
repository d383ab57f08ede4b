"""From a measure to a target: the unit that is missing, one unit per dimension, and suspicions about the number.

What gives a missing unit, and in which order, are decisions of ``targets``.
"""

from decimal import Decimal

from transforms.numbers.units import Unit, find_unit, unit_per
from transforms.records import Target
from transforms.targets.hints import NO_HINTS, NameHints
from transforms.targets.measures import Measure

_HUNDRED = Decimal(100)
_DIGITS_WITH_SIGN = 3
"""A misread ≥ and the two digits of a share: 292% was ≥92%, where 29 or 2.5 is a number of its own."""


def build_target(raw: str, measure: Measure, hints: NameHints = NO_HINTS, unit_hint: Unit | None = None) -> Target:
    """Give the target that a measure is, with a missing unit and sign filled in from the hints."""
    if hints.sign is not None and not measure.stated and measure.comparator == "=" and not measure.notes:
        measure = _with_sign(measure, hints.sign)
    notes = measure.notes
    unit, low, high = measure.unit, measure.low, measure.high
    if unit is None or unit.name.startswith("/"):
        hinted, note = _hinted_unit(measure, hints, unit_hint)
        if hinted is not None:
            notes = (*(n for n in notes if n != "unit_missing"), note) if note else notes
            factor = Decimal(1) if measure.bare_scale else hinted.value_factor
            low = low * factor if low is not None else None
            high = high * factor if high is not None else None
            unit = unit_per(hinted, (unit.name[1:],)) if unit is not None else hinted
    if unit is None:
        if hints.scale != 1 and not measure.bare_scale:
            low, high = (value * hints.scale if value is not None else None for value in (low, high))
            notes = (*notes, "unit_from_name")
        if low == high == 0 and not measure.stated:
            notes = (*notes, "zero_may_be_placeholder")
        return Target(raw, "quantity", measure.comparator, measure.stated, low, high, notes=notes)
    if hints.percent and _may_be_misread_ge(measure):
        notes = (*notes, "ge_read_as_2")
    kind = unit.dimension if unit.dimension in ("percent", "money") else "quantity"
    factor = unit.base_factor
    base_low, base_high = low, high
    if factor != 1:
        base_low = low * factor if low is not None else None
        base_high = high * factor if high is not None else None
    return Target(
        raw,
        kind,
        measure.comparator,
        measure.stated,
        low,
        high,
        unit.name,
        base_low,
        base_high,
        unit.base_unit,
        notes=notes,
    )


def _with_sign(measure: Measure, sign: str) -> Measure:
    """Give the measure with the comparator that the indicator's name states: 85 under 成活率（≥**%）."""
    low, high = (measure.low, None) if sign in (">=", ">") else (None, measure.high)
    notes = (*measure.notes, "sign_from_name")
    return measure._replace(comparator=sign, stated=True, low=low, high=high, notes=notes)


def _hinted_unit(measure: Measure, hints: NameHints, unit_hint: Unit | None) -> tuple[Unit | None, str]:
    if unit_hint is not None:
        return unit_hint, ""
    if hints.unit is not None:
        return hints.unit, "unit_from_name"
    if measure.bare_scale:
        is_limit = not hints.known and measure.comparator in ("<", "<=")
        return (find_unit("元"), "unit_inferred") if hints.money or is_limit else (None, "")
    if measure.unit is not None:
        return None, ""
    value = measure.high if measure.high is not None else measure.low
    if hints.percent and value is not None and 0 < value <= _HUNDRED:
        return find_unit("%"), "unit_inferred"
    return None, ""


def _may_be_misread_ge(measure: Measure) -> bool:
    """Tell whether a leading 2 may be a misread ≥: 292% or 2280次 of an indicator that cannot exceed 100 %."""
    if measure.stated or measure.low is None or measure.low != measure.high or measure.low <= _HUNDRED:
        return False
    digits = str(measure.low)
    return digits[0] == "2" and len(digits.partition(".")[0]) >= _DIGITS_WITH_SIGN
