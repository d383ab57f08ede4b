"""Ranges written as two comparisons: ≥80%且≤90%, 大于90%小于100%, 90%<X≤95%, 90%≤满意度<95%.

Productions::

    two_sided := measure joint? measure            one at least, one at most; joint: , ; 且 并 但 …
    framed    := amount sign name sign amount      the first sign is read from the name's side: 90%<X is X>90%
    interval  := [ amount , amount ] unit?         one bracket at least is square; a round one leaves its bound out

Decisions: both become "between"; a bound that the comparison leaves out is noted ``strict_low`` or ``strict_high``, as the
values are the bounds themselves. The two sides need one unit, which one of them may lack, and the lower bound must be
the smaller one: ≥95%且≤5% is no range.
"""

import re

from transforms.targets.comparators import comparing_words
from transforms.targets.measures import Measure, read_measure

_JOINT = re.compile(r"[,;、]?(?:(?:并且|且|并|同时|但是|但|而|又|和|至|到|[-~])\s*)?")
_NAME = re.compile(r"[A-Za-z]|[一-鿿]{1,12}?(?=[≤<>≥=])")
_BOUND = r"\d+(?:\.\d+)?(?:[%‰]|[一-鿿]{1,3})?"
_INTERVAL = re.compile(rf"(?!\(.*\)(?!\]))([\[(【])({_BOUND})[,;]({_BOUND})([\])】])((?:[一-鿿%‰]{{1,4}})?)")
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_UPWARD = frozenset((">=", ">"))
_STRICT = frozenset((">", "<"))


def is_interval(text: str) -> bool:
    """Tell whether a folded text is an interval in mathematical writing, whose brackets say something."""
    return _INTERVAL.fullmatch(text) is not None


def read_interval(text: str) -> Measure | None:
    """Read [80%,90%], (90%,95%], [3,5]次 as a range; None where the text is none."""
    found = _INTERVAL.fullmatch(text)
    if found is None:
        return None
    opening, low, high, closing, unit = found.groups()
    measure = read_measure(f"{low}-{high}{unit}", 0)
    if measure is None or measure.comparator != "between" or measure.end != len(low) + 1 + len(high) + len(unit):
        return None
    if "range_reversed" in measure.notes:
        return None
    strict = tuple(note for note, bracket in (("strict_low", opening), ("strict_high", closing)) if bracket in "()")
    return measure._replace(end=len(text), notes=(*measure.notes, *strict))


def read_two_sided(text: str, first: Measure) -> Measure | None:
    """Read a whole folded text that begins with ``first`` as two comparisons of one thing; None where it is none."""
    if first.comparator in _MIRRORED:
        joint = _JOINT.match(text, first.end)
        at = joint.end() if joint is not None else first.end
    elif first.comparator == "=" and not first.stated:
        framed = _read_frame(text, first.end)
        if framed is None:
            return None
        comparator, at = framed
        value = first.low
        first = first._replace(
            comparator=comparator,
            low=value if comparator in _UPWARD else None,
            high=None if comparator in _UPWARD else value,
        )
    else:
        return None
    second = read_measure(text, at)
    return _join(first, second) if second is not None and second.end == len(text) else None


def _read_frame(text: str, at: int) -> tuple[str, int] | None:
    """Read "<X" of 90%<X≤95%: what the first number says of the name, and where the second sign begins."""
    sign = comparing_words("prefix").match(text, at)
    if sign is None or sign[0].comparator not in _MIRRORED or not sign[0].firm:
        return None
    name = _NAME.match(text, sign[1])
    return (_MIRRORED[sign[0].comparator], name.end()) if name is not None else None


def _join(first: Measure, second: Measure) -> Measure | None:
    """Make one range of a lower and an upper bound of one unit."""
    if second.comparator not in _MIRRORED or (first.comparator in _UPWARD) == (second.comparator in _UPWARD):
        return None
    low, high = (first, second) if first.comparator in _UPWARD else (second, first)
    unit = first.unit or second.unit
    if low.low is None or high.high is None or (second.unit or unit) != unit:
        return None
    strict = tuple(note for side, note in ((low, "strict_low"), (high, "strict_high")) if side.comparator in _STRICT)
    if low.low > high.high or (strict and low.low == high.high):
        return None
    notes = (*first.notes, *(note for note in second.notes if note not in first.notes), *strict)
    return first._replace(
        comparator="between", stated=True, low=low.low, high=high.high, unit=unit, end=second.end, notes=notes
    )
