"""The grammar of a measure: [per] [comparator] number [unit] [– number unit] [comparator].

Productions, each a function over the folded text from a place on::

    measure  := per? comparing* per? (share | span) comparing*
    span     := amount (mark amount)?             mark: - ~ 至 到
    amount   := currency? number more? unit? fen?  more: 余 多; fen: 三角五分 after 元
    share    := (百分之 | 千分之 | 万分之) number (mark share-or-number)?

Decisions: what stands only at the end of a range counts for its start as well (80-90%, 2—3万元, 两到三百); 千万 and 百万 are
such words too (三到五千万 = 3000万 to 5000万). What a number is per stands before it too (``per_leads``); a percentage is per
nothing (每年增长5%). A range with a comparator (≥85%-95%) is a range. A number that is
"about" (三五百, 五六次) is a range. ± is a range around zero, or around the number before it; 和 and 与 make a range only before 之间.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from transforms.numbers.amounts import Amount, read_amount, read_share, read_share_rest, skip_including
from transforms.numbers.numbers import Number
from transforms.numbers.units import Unit, read_parts, scaled_unit, unit_per
from transforms.targets.comparators import Comparing, combine, comparing_words
from transforms.targets.per import read_leading_parts, read_per

_RANGE_MARK = re.compile(r"-{1,2}|~{1,2}|至|到")
_BETWEEN_MARK = re.compile(r"[和与](?=[^和与]{1,16}之间)")
_ONE_NUMBER = re.compile(
    r"([^\d零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾点半.负+-]{0,24})"
    r"((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?![\d.,])([^\d零〇一二两三四五六七八九十百壹贰叁肆伍陆柒捌玖拾点半]{0,24})"
)
_LONGEST_NUMBER = 24
_EXCLUDING = re.compile(r"\(不含[^()]{0,10}\)")
_SHARE_STARTS = frozenset("百千万负")
_WHOLE = {"万": Decimal(10**4), "亿": Decimal(10**8)}
_SHARED_SCALES = {"百": Decimal(100), "千": Decimal(1000), **_WHOLE}
_SHARED_WORDS = {"百万": Decimal(10**6), "千万": Decimal(10**7)}
_MORE_THAN_A_DIGIT = 10
"""Spoken ranges share 百万 or 千万 between single digits only: 三到五千万, but 十到三十千万 is said by nobody."""


class Measure(NamedTuple):
    """What a measure says; values in ``unit`` (money: in yuan or the currency), ``comparator`` as in the contract.

    ``bare_scale``: no unit but what it is per, and the number ends in 万 or 亿 (854万, 620万/月); ``arabic``: written with Arabic digits.
    """

    comparator: str
    stated: bool
    low: Decimal | None
    high: Decimal | None
    unit: Unit | None
    end: int
    notes: tuple[str, ...]
    arabic: bool
    bare_scale: bool
    firm: bool


def read_whole_measure(text: str) -> Measure | None:
    """Read a whole folded text as one measure, or None.

    Cells share their words and differ in their number (≥90%, ≥95%), so what stands around one Arabic number is read
    once, with the number 1, and remembered: every bound of a measure is a multiple of its number.
    """
    parts = _ONE_NUMBER.fullmatch(text)
    if parts is None:
        measure = read_measure(text, 0)
        return measure if measure is not None and measure.end == len(text) else None
    before, digits, after = parts.groups()
    measure = _read_around(before, after)
    if measure is None or len(digits) > _LONGEST_NUMBER:
        return None
    value = Decimal(digits.replace(",", ""))
    low, high = measure.low, measure.high
    return measure._replace(
        low=value * low if low is not None else None, high=value * high if high is not None else None, end=len(text)
    )


@lru_cache(maxsize=1 << 14)
def _read_around(before: str, after: str) -> Measure | None:
    text = f"{before}1{after}"
    measure = read_measure(text, 0)
    return measure if measure is not None and measure.end == len(text) else None


def read_measure(text: str, at: int) -> Measure | None:
    """Read the measure that begins at ``at`` of a folded text without blanks; None where none begins."""
    before, per, pos = _read_before(text, at)
    span = (_read_shares(text, pos) if text[pos : pos + 1] in _SHARE_STARTS else None) or _read_span(text, pos)
    if span is None:
        return None
    first, last = span
    behind, strict, end = _read_behind(text, last.end)
    words = before + behind
    if words and text[end : end + 1] == "/" and last.unit is not None and (tail := read_parts(text, end))[0]:
        per, end = per + tail[0], tail[1]  # 2000元以内/人
    if not per and text[end : end + 1] == "(":
        parts, after = read_leading_parts(text, end + 1)
        if parts and text[after : after + 1] == ")":
            per, end = parts, after + 1  # 5000元(每村)
    return _measure(words, per, first, last, end, strict=strict)


def _read_before(text: str, at: int) -> tuple[tuple[Comparing, ...], tuple[str, ...], int]:
    """Read what compares and what the number is per, in any order; give both and where the number begins."""
    prefixes = comparing_words("prefix")
    words: tuple[Comparing, ...] = ()
    per: tuple[str, ...] = ()
    while True:
        if (found := prefixes.match(text, at)) is not None:
            words, at = (*words, found[0]), found[1]
        elif not per and (lead := read_per(text, at)) is not None:
            per, at = lead
        elif words and text[at : at + 1] in (":", "("):
            at += 1
        else:
            return words, per, at


def _read_behind(text: str, at: int) -> tuple[tuple[Comparing, ...], bool, int]:
    """Read what compares behind number and unit; the flag tells that the bound is left out (不含)."""
    suffixes = comparing_words("suffix")
    words: tuple[Comparing, ...] = ()
    strict = False
    while True:
        if text[at : at + 1] == "(":
            at = skip_including(text, at)
            if (excluding := _EXCLUDING.match(text, at)) is not None:
                strict, at = True, excluding.end()
        found = suffixes.match(text, at)
        if found is None:
            return words, strict, at
        words, at = (*words, found[0]), found[1]


def _measure(
    words: tuple[Comparing, ...], per: tuple[str, ...], first: Amount, last: Amount, end: int, *, strict: bool
) -> Measure | None:
    """Put the words, the span and what it is per together; None where the words contradict each other."""
    said = combine(words)
    if said is None:
        return None
    unit = last.unit
    notes = [*_word_notes(words), *_unit_notes(unit)]
    if per and unit is not None and unit.dimension != "percent":
        unit = unit_per(unit, per)
    bounds = _bounds(said, first, last, strict=strict)
    factor = unit.value_factor if unit is not None else Decimal(1)
    low, high = (bounds.low * factor, bounds.high * factor) if factor != 1 else (bounds.low, bounds.high)
    return Measure(
        bounds.comparator,
        bounds.stated,
        None if bounds.comparator in ("<=", "<") else low,
        None if bounds.comparator in (">=", ">") else high,
        unit,
        end,
        (*notes, *bounds.notes),
        last.number.arabic,
        (unit is None or unit.name.startswith("/")) and last.number.scale[-1:] in ("万", "亿"),
        any(word.firm for word in words),
    )


def _word_notes(words: tuple[Comparing, ...]) -> list[str]:
    return ["comparator_mistyped" if word.note == "mistyped" else "approximate" for word in words if word.note]


def _unit_notes(unit: Unit | None) -> list[str]:
    if unit is None or unit.dimension != "unknown":
        return []
    return ["unit_missing" if unit.name.startswith("/") else "unit_unknown"]


class _Bounds(NamedTuple):
    """What a span means with its words, in the unit as filed."""

    comparator: str
    stated: bool
    low: Decimal
    high: Decimal
    notes: tuple[str, ...] = ()


def _bounds(said: tuple[str, bool], first: Amount, last: Amount, *, strict: bool) -> _Bounds:
    """Give the bounds that a span has: around zero, a range, about a number, or one number."""
    comparator, stated = said
    if strict:
        comparator = {">=": ">", "<=": "<"}.get(comparator, comparator)
    low, high = first.low, last.high
    if comparator == "±":
        return _Bounds("between", stated, -abs(high), abs(high))
    if low != high:
        return _range(comparator, first, last, strict=strict)
    if comparator != "~" and not last.more:
        return _Bounds(comparator, stated, low, high)
    if last.more and comparator in ("=", "~"):
        return _Bounds(">", True, low, high, ("approximate",))
    if comparator == "~":
        return _Bounds("=", False, low, high, ("approximate",))
    return _Bounds(comparator, stated, low, high, ("approximate",))


def _range(comparator: str, first: Amount, last: Amount, *, strict: bool) -> _Bounds:
    """Give a range from the smaller to the larger end, with notes on what was odd about it."""
    notes = {
        "comparator_with_range": comparator in (">=", "<=", ">", "<"),
        "range_reversed": first.low > last.high,
        "approximate": first is last,
        "strict_high": strict,
    }
    low, high = sorted((first.low, last.high))
    return _Bounds("between", True, low, high, tuple(note for note, holds in notes.items() if holds))


def _read_shares(text: str, at: int) -> tuple[Amount, Amount] | None:
    """Read 百分之九十五, 百分之三十到四十一, 百分百, 千分之五."""
    first = read_share(text, at)
    if first is None:
        return None
    mark = _RANGE_MARK.match(text, first.end)
    if mark is not None:
        last = read_share(text, mark.end()) or read_share_rest(text, mark.end(), first.unit)
        if last is not None:
            return first, last
    return first, first


def _read_span(text: str, at: int) -> tuple[Amount, Amount] | None:
    first = read_amount(text, at)
    if first is None:
        return None
    end = skip_including(text, first.end)
    mark = _RANGE_MARK.match(text, end) or _BETWEEN_MARK.match(text, end)
    if mark is not None and first.low == first.high:
        last = read_amount(text, mark.end())
        if last is not None and last.low == last.high and last.low >= 0:
            return _share_between(first, last)
    if text[end : end + 1] == "±" and first.low == first.high:
        last = read_amount(text, end + 1)
        if last is not None and last.low == last.high and first.unit in (None, last.unit):
            scale = Decimal(1)
            if first.unit is None and not first.number.scale:
                scale = _SHARED_SCALES.get(last.number.scale[-1:], scale)  # 100±5万元
            value = first.low * scale
            return first._replace(low=value - last.low, unit=last.unit), last._replace(high=value + last.high)
    return _with_filed_scale(first, first)


def _share_between(first: Amount, last: Amount) -> tuple[Amount, Amount] | None:
    """Let unit and scale of a range's end count for its start where the start has none; None for unlike units."""
    unit = last.unit if last.unit is not None else first.unit
    if first.unit is not None and unit is not None and first.unit is not unit:
        if first.unit.base_unit != unit.base_unit and not _is_per_part_shared(first.unit, unit):
            return None
        own = first.unit.value_factor * first.unit.base_factor / (unit.value_factor * unit.base_factor)
        return first._replace(low=first.low * own, high=first.high * own, unit=unit), last
    factor = Decimal(1)
    if first.unit is None and not first.number.scale.endswith(("万", "亿")):
        factor = _shared_scale(first.number, last.number)
    first = first._replace(low=first.low * factor, high=first.high * factor, unit=unit)
    return _with_filed_scale(first, last._replace(unit=unit))


def _is_per_part_shared(first: Unit, last: Unit) -> bool:
    """Tell whether only the end of a range says what it is per: 0.26万元至0.28万元/人."""
    return "/" not in first.name and last.base_unit.startswith(f"{first.base_unit}/")


def _shared_scale(first: Number, last: Number) -> Decimal:
    """Give what the scale at a range's end makes of its start: 2—3万, 两到三百, 三到五千万; 1 where it would exceed the end."""
    word = _SHARED_WORDS.get(last.scale)
    if word is not None and first.low < _MORE_THAN_A_DIGIT and last.low / word < _MORE_THAN_A_DIGIT:
        return word
    scale = _SHARED_SCALES.get(last.scale[-1:], Decimal(1))
    return scale if first.low * scale <= last.low else Decimal(1)


def _with_filed_scale(first: Amount, last: Amount) -> tuple[Amount, Amount]:
    """Keep 万 and 亿 with the unit as filed: 1.2万人次 is 1.2 of the unit 万人次; Chinese numerals keep them."""
    number, unit = last.number, last.unit
    factor = _WHOLE.get(number.scale)
    if factor is None or unit is None or not number.arabic or last.more:
        return first, last
    if unit.dimension in ("money", "percent", "unknown"):
        return first, last
    unit = scaled_unit(number.scale, unit)
    low = first._replace(low=first.low / factor, high=first.high / factor, unit=unit)
    return low, low if first is last else last._replace(low=last.low / factor, high=last.high / factor, unit=unit)
