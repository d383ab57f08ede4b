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
    pos = at
    words: tuple[Comparing, ...] = ()
    per: tuple[str, ...] = ()
    prefixes = comparing_words("prefix")
    while True:
        found = prefixes.match(text, pos)
        if found is not None:
            words += (found[0],)
            pos = found[1]
        elif not per and (lead := read_per(text, pos)) is not None:
            per, pos = lead
        elif words and text[pos : pos + 1] in (":", "("):
            pos += 1
        else:
            break
    span = (_read_shares(text, pos) if text[pos : pos + 1] in _SHARE_STARTS else None) or _read_span(text, pos)
    if span is None:
        return None
    first, last = span
    end = last.end
    suffixes = comparing_words("suffix")
    strict = False
    while True:
        if text[end : end + 1] == "(":
            end = skip_including(text, end)
            excluding = _EXCLUDING.match(text, end)
            if excluding is not None:
                strict, end = True, excluding.end()
        found = suffixes.match(text, end)
        if found is None:
            break
        words += (found[0],)
        end = found[1]
    if words and text[end : end + 1] == "/" and last.unit is not None and (tail := read_parts(text, end))[0]:
        per, end = per + tail[0], tail[1]  # 2000元以内/人
    if not per and text[end : end + 1] == "(":
        parts, after = read_leading_parts(text, end + 1)
        if parts and text[after : after + 1] == ")":
            per, end = parts, after + 1  # 5000元(每村)
    return _measure(words, per, first, last, end, strict=strict)


def _measure(
    words: tuple[Comparing, ...], per: tuple[str, ...], first: Amount, last: Amount, end: int, *, strict: bool
) -> Measure | None:
    said = combine(words)
    if said is None:
        return None
    comparator, stated = said
    if strict:
        comparator = {">=": ">", "<=": "<"}.get(comparator, comparator)
    notes: list[str] = []
    for word in words:
        if word.note:
            notes.append("comparator_mistyped" if word.note == "mistyped" else "approximate")
    unit = last.unit
    if unit is not None and unit.dimension == "unknown":
        notes.append("unit_missing" if unit.name.startswith("/") else "unit_unknown")
    if per and unit is not None and unit.dimension != "percent":
        unit = unit_per(unit, per)
    low, high = first.low, last.high
    if comparator == "±":
        comparator, low, high = "between", -abs(high), abs(high)
    elif low != high:
        if comparator in (">=", "<=", ">", "<"):
            notes.append("comparator_with_range")
        if low > high:
            low, high = high, low
            notes.append("range_reversed")
        if first is last:
            notes.append("approximate")
        if strict:
            notes.append("strict_high")
        comparator, stated = "between", True
    elif comparator == "~" or last.more:
        notes.append("approximate")
        if last.more and comparator in ("=", "~"):
            comparator, stated = ">", True
        elif comparator == "~":
            comparator, stated = "=", False
    factor = unit.value_factor if unit is not None else Decimal(1)
    if factor != 1:
        low, high = low * factor, high * factor
    return Measure(
        comparator,
        stated,
        None if comparator in ("<=", "<") else low,
        None if comparator in (">=", ">") else high,
        unit,
        end,
        tuple(notes),
        last.number.arabic,
        (unit is None or unit.name.startswith("/")) and last.number.scale[-1:] in ("万", "亿"),
        bool(words) and any(word.firm for word in words),
    )


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
    if word is not None and first.low < 10 and last.low / word < 10:
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
