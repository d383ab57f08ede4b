"""Measures inside longer texts: every number that could be a target, with its place; days are passed over."""

import re
from functools import cache
from typing import NamedTuple

from transforms.dates.calendar import FIRST_YEAR, LAST_YEAR
from transforms.dates.days import read_period
from transforms.targets.comparators import comparing_words
from transforms.targets.fillers import target_words
from transforms.targets.measures import Measure, read_measure

_STARTS = "0123456789.零〇一二两三四五六七八九十百千万半壹贰叁肆伍陆柒捌玖拾廿负-+¥$"
_NUMERALS = re.compile(r"[\d.,零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿]+")
_SIGNS = frozenset("≥≤<>=±≈")
_PUNCTUATION = re.compile(r"[,。;、:!?\"'()\[\]【】 ·]+")


_RATE_BEFORE = re.compile(
    r"(?:率|满意度|知晓度|比例|比重|占比|覆盖面)(?:[为是:约达到在]|均|应|需|要|控制|保持|提高|提升|至)*$"
)


class Found(NamedTuple):
    """A measure and where it begins."""

    start: int
    measure: Measure


@cache
def _first_chars() -> frozenset[str]:
    prefixes = comparing_words("prefix")
    return (
        frozenset(_STARTS)
        | prefixes.first_chars
        | frozenset("每人户村亩年月日次镇乡组校生")
        | frozenset("港美欧日英新台韩泰卢澳")
    )


def find_measures(text: str, year: int | None) -> list[Found]:
    """Find the measures in a folded text, left to right: those with a comparator or a unit, no ordinals, no days.

    Chinese numerals without a comparator count only with a percentage or money (一批, 统一, 三个代表 are words).
    """
    found: list[Found] = []
    starts = _first_chars()
    hiding = comparing_words("hides")
    at = 0
    while at < len(text):
        hidden = hiding.match(text, at)
        if hidden is not None or text[at] not in starts:
            at = hidden[1] if hidden is not None else at + 1
            continue
        measure = read_measure(text, at)
        if measure is None or not _counts(measure, text, at):
            period = read_period(text, at, year) if text[at] in _STARTS else None
            at = period.end if period is not None else _skip(text, at, measure)
            continue
        period = read_period(text, at, year) if measure.unit is not None and measure.unit.dimension == "time" else None
        if period is not None:
            at = period.end
            continue
        found.append(Found(at, measure))
        at = measure.end
    return found


def _counts(measure: Measure, text: str, at: int) -> bool:
    before = text[at - 1 : at]
    if before in ("第", "前") or (before in ("几", "数") and not measure.arabic):
        return False
    unit = measure.unit
    if is_year(measure):
        return False
    if measure.firm:
        return True
    if unit is None:
        return measure.stated and measure.arabic
    if unit.dimension == "unknown":
        return measure.arabic and unit.name.startswith("/")
    return measure.arabic or unit.dimension in ("percent", "money")


def is_year(measure: Measure) -> bool:
    """Tell whether a "quantity" is the year of a date: 2023年."""
    value = measure.low if measure.low is not None else measure.high
    return (
        measure.unit is not None
        and measure.unit.name == "年"
        and value is not None
        and FIRST_YEAR <= value <= LAST_YEAR
    )


def is_after_rate(text: str, found: Found) -> bool:
    """Tell whether a percentage stands right after the name of a rate: 合格率100%, 占比为90%."""
    unit = found.measure.unit
    return unit is not None and unit.dimension == "percent" and _RATE_BEFORE.search(text, 0, found.start) is not None


def _skip(text: str, at: int, measure: Measure | None) -> int:
    """Step over a number that does not count, as a whole, so that its tail is not taken for one."""
    if measure is not None and measure.end > at:
        return measure.end
    run = _NUMERALS.match(text, at)
    return run.end() if run is not None else at + 1


def compares(text: str) -> bool:
    """Tell whether a text holds a sign or word that compares (≤, 不超过, 以上), which some number must belong to."""
    prefixes, suffixes, hiding = (comparing_words(place) for place in ("prefix", "suffix", "hides"))
    at = 0
    while at < len(text):
        hidden = hiding.match(text, at)
        if hidden is not None:
            at = hidden[1]
            continue
        found = prefixes.match(text, at) or suffixes.match(text, at)
        if found is not None and found[0].firm and (found[1] - at > 1 or text[at] in _SIGNS):
            return True
        at += 1
    return False


def is_filler_text(text: str) -> bool:
    """Tell whether a text around a number adds nothing to it: punctuation and the lead and tail words of the list."""
    around = target_words().around
    return all(around.skip(piece) == len(piece) for piece in _PUNCTUATION.split(text))
