"""The grammar of a measure: [per] [comparator] number [unit] [– number unit] [comparator].

Productions, each a function over the folded text from a place on::

    measure  := per? comparing* per? (share | span) comparing*
    span     := amount (mark amount)?             mark: - ~ 至 到
    amount   := currency? number more? unit? fen?  more: 余 多; fen: 三角五分 after 元
    share    := (百分之 | 千分之 | 万分之) number (mark share-or-number)?

Decisions: what stands only at the end of a range counts for its start as well (80-90%, 2—3万元, 两到三百); 千万 and 百万 are
such words too (三到五千万 = 3000万 to 5000万). A range with a comparator (≥85%-95%) is a range. A number that is
"about" (三五百, 五六次) is a range. ± is a range around zero.
"""

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from transforms.comparators import Comparing, combine, comparing_words
from transforms.lexicon import Lexicon
from transforms.numbers import Number, read_number
from transforms.units import Unit, find_unit, read_part, read_parts, read_per, read_unit, scaled_unit, unit_per, unlisted_unit
from transforms.word_lists import read_word_list, refuse_overlaps

_RANGE_MARK = re.compile(r"-{1,2}|~{1,2}|至|到|——")
_SHARE = {"百分之": "%", "百分": "%", "千分之": "‰", "万分之": "‱"}
_SHARE_START = re.compile(r"(百|千|万)分之|百分(?=[百负\d一二两三四五六七八九十])")
_WHOLE_SHARE = ("百分之百", "百分百", "百分之一百")
_AVERAGE = re.compile(r"([人户村亩年月日次镇乡组校生])均")
_LEAD_VERB = re.compile(r"[一-鿿]{0,8}?(?=[\d一二两三四五六七八九十百≥≤=<>不至最控约小大低高少多])")
_FEN = re.compile(
    r"零?((?:\d+|[零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖])[角毛])?零?((?:\d+|[一二三四五六七八九壹贰叁肆伍陆柒捌玖])分)?(?:钱|整|正)?"
)
_INCLUDING = re.compile(r"\(含[^()]{0,10}\)")
_UNKNOWN_UNIT = re.compile(r"[一-鿿]{1,3}?(?=以上|以下|以内|及以|左右|之内|内|/|[,;。)]|$)")
_NO_UNIT = frozenset("级号等届线第强性于的是为和与及或比以之内左上下含整完达不多余约至到个万亿")
_HALF_DIMENSIONS = ("time", "length", "weight", "area")
_WHOLE = {"万": Decimal(10**4), "亿": Decimal(10**8)}
_HALF = Decimal("0.5")


class Amount(NamedTuple):
    """A number with what belongs to it; ``scale`` is 万 or 亿 where an Arabic number ends in one of them."""

    low: Decimal
    high: Decimal
    unit: Unit | None
    end: int
    number: Number
    more: bool = False
    currency: Unit | None = None


class Measure(NamedTuple):
    """What a measure says; values in ``unit`` (money: in yuan or the currency), ``comparator`` as in the contract.

    ``bare_scale``: no unit, but the number ends in 万 or 亿 ("854万"); ``arabic``: written with Arabic digits.
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


@cache
def _currency_lexicon() -> Lexicon[Unit]:
    rows = read_word_list("currency_marks.csv", ("word", "unit"))
    refuse_overlaps("currency_marks.csv", ((line, row["word"]) for line, row in rows))
    found = [(row["word"], find_unit(row["unit"])) for _, row in rows]
    return Lexicon((word, unit) for word, unit in found if unit is not None)


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
        elif not per and pos < len(text) and (lead := _read_per_lead(text, pos)) is not None:
            per, pos = lead
        elif words and text[pos : pos + 1] in (":", "("):
            pos += 1
        else:
            break
    span = _read_share(text, pos) or _read_span(text, pos)
    if span is None:
        return None
    first, last = span
    end = last.end
    suffixes = comparing_words("suffix")
    if text[end : end + 1] == "(":
        end = _skip_including(text, end)
    while (found := suffixes.match(text, end)) is not None:
        words += (found[0],)
        end = _skip_including(text, found[1])
    if words and text[end : end + 1] == "/" and last.unit is not None and (parts := read_parts(text, end))[0]:
        per, end = per + parts[0], parts[1]  # 2000元以内/人
    return _measure(words, per, first, last, end)


def _measure(
    words: tuple[Comparing, ...], per: tuple[str, ...], first: Amount, last: Amount, end: int
) -> Measure | None:
    said = combine(words)
    if said is None:
        return None
    comparator, stated = said
    notes: list[str] = []
    if any(word.note == "mistyped" for word in words):
        notes.append("comparator_mistyped")
    if any(word.note == "about" for word in words):
        notes.append("approximate")
    unit = last.unit
    if unit is not None and unit.dimension == "unknown":
        notes.append("unit_missing" if unit.name.startswith("/") else "unit_unknown")
    if per and unit is not None:
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
        comparator, stated = "between", True
    elif comparator == "~" or last.more:
        notes.append("approximate")
        comparator, stated = (
            (">", True)
            if last.more and comparator in ("=", "~")
            else ("=", False)
            if comparator == "~"
            else (comparator, stated)
        )
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
        unit is None and last.number.scale[-1:] in ("万", "亿"),
        any(word.firm for word in words),
    )


def _read_per_lead(text: str, at: int) -> tuple[tuple[str, ...], int] | None:
    """Read 每村, 每公里补助, 每人每年, 人均: what the number after it is per, with a verb in between."""
    names: list[str] = []
    pos = at
    while text[pos : pos + 1] == "每":
        part = read_part(text, pos + 1)
        if part is None:
            break
        names.append(part[0])
        pos = part[1]
    average = _AVERAGE.match(text, at) if not names else None
    if average is not None:
        names.append({"日": "天"}.get(average.group(1), average.group(1)))
        pos = average.end()
    if not names:
        return None
    verb = _LEAD_VERB.match(text, pos)
    return tuple(names), verb.end() if verb is not None else pos


def _read_share(text: str, at: int) -> tuple[Amount, Amount] | None:
    """Read 百分之九十五, 百分之三十到四十一, 百分百, 千分之五."""
    start = _SHARE_START.match(text, at)
    if start is None:
        return None
    first = _read_share_number(text, at)
    if first is None:
        return None
    mark = _RANGE_MARK.match(text, first.end)
    if mark is not None:
        last = _read_share_number(text, mark.end()) or _read_share_rest(text, mark.end(), first.unit)
        if last is not None:
            return first, last
    return first, first


def _read_share_number(text: str, at: int) -> Amount | None:
    for whole in _WHOLE_SHARE:
        if text.startswith(whole, at):
            hundred = Number(Decimal(100), Decimal(100), at + len(whole), arabic=False)
            return Amount(hundred.low, hundred.high, find_unit("%"), hundred.end, hundred)
    start = _SHARE_START.match(text, at)
    if start is None:
        return None
    unit = find_unit("‰" if start.group(1) == "千" else "%")
    found = _read_share_rest(text, start.end(), unit)
    if found is not None and start.group(1) == "万":
        return found._replace(low=found.low / 100, high=found.high / 100)
    return found


def _read_share_rest(text: str, at: int, unit: Unit | None) -> Amount | None:
    number = read_number(text, at)
    return None if number is None else Amount(number.low, number.high, unit, number.end, number)


def _read_span(text: str, at: int) -> tuple[Amount, Amount] | None:
    first = _read_amount(text, at)
    if first is None:
        return None
    end = _skip_including(text, first.end)
    mark = _RANGE_MARK.match(text, end)
    if mark is not None and first.low == first.high:
        last = _read_amount(text, mark.end())
        if last is not None and last.low == last.high and last.low >= 0:
            return _share_between(first, last)
    return _with_filed_scale(first, first)


def _skip_including(text: str, at: int) -> int:
    """Step over "(含)" and "(含100人)", which say what 以上 and 以下 say anyway."""
    found = _INCLUDING.match(text, at)
    return found.end() if found is not None else at


def _share_between(first: Amount, last: Amount) -> tuple[Amount, Amount]:
    """Let unit and scale of a range's end count for its start where the start has none of its own."""
    factor = Decimal(1)
    if first.unit is None and not first.number.scale.endswith(("万", "亿")):
        for scale in _shared_scales(first.number, last.number):
            value = Decimal(1)
            for mark in scale:
                value *= {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[mark]
            if first.low * value <= last.low:
                factor = value
                break
    unit = last.unit if last.unit is not None else first.unit
    if first.unit is not None and unit is not None and first.unit.value_factor != unit.value_factor:
        own = first.unit.value_factor / unit.value_factor  # 5000元-1万元, 0.5万元-8000元
        return first._replace(low=first.low * own, high=first.high * own, unit=unit), last._replace(unit=unit)
    first = first._replace(low=first.low * factor, high=first.high * factor, unit=unit)
    return _with_filed_scale(first, last._replace(unit=unit))


def _shared_scales(first: Number, last: Number) -> tuple[str, ...]:
    scale = last.scale
    if scale in ("百万", "千万") and first.low < 10 and last.low // {"百万": 10**6, "千万": 10**7}[scale] < 10:
        return (scale,)
    return (scale[-1],) if scale[-1:] in ("百", "千", "万", "亿") else ()


def _with_filed_scale(first: Amount, last: Amount) -> tuple[Amount, Amount]:
    """Keep 万 and 亿 with the unit as filed: 1.2万人次 is 1.2 of the unit 万人次; Chinese numerals keep them."""
    number, unit = last.number, last.unit
    scale = number.scale
    if unit is None or unit.dimension in ("money", "percent", "unknown") or not number.arabic or scale not in _WHOLE:
        return first, last
    if last.more:
        return first, last
    factor = _WHOLE[scale]
    whole = number.low / factor
    if len(str(whole)) > len(str(number.low)) + 8:
        return first, last
    scaled = scaled_unit(scale, unit)
    low = first._replace(low=first.low / factor, high=first.high / factor, unit=scaled)
    if first is last:
        return low, low
    return low, last._replace(low=last.low / factor, high=last.high / factor, unit=scaled)


def _read_amount(text: str, at: int) -> Amount | None:
    currency = _currency_lexicon().match(text, at)
    if currency is not None:
        at = currency[1]
    elif text[at : at + 1] == "半":
        return _read_half(text, at)
    number = read_number(text, at)
    if number is None:
        return None
    end = number.end
    more = text[end : end + 1] in ("余", "多") and text[end + 1 : end + 2] != "于"
    if more:
        end += 1
    if text.startswith("个半", end) and (half := read_unit(text, end + 2)) is not None and half[0].dimension == "time":
        return Amount(number.low + _HALF, number.high + _HALF, half[0], half[1], number)
    if text[end : end + 1] == "(":
        end = _skip_including(text, end)
    unit: Unit | None = None
    found = read_unit(text, end)
    if found is not None:
        unit, end = found
    elif text[end : end + 1] == "/":
        found = read_per(text, end)
        if found is not None:
            unit, end = found
    elif number.arabic and text[end : end + 1] not in _NO_UNIT and (noun := _UNKNOWN_UNIT.match(text, end)) is not None:
        unit, end = unlisted_unit(noun.group()), noun.end()
    low, high = number.low, number.high
    if currency is not None:
        unit = _currency_unit(currency[0], unit)
        if unit is None:
            return None
    if unit is not None:
        if number.formal and text[end - 1] == "分" and unit.name == "分":
            unit = find_unit("分钱")
        elif unit.dimension == "money" and unit.name == "元":
            low, high, end = _add_fen(text, low, high, end)
        elif unit.dimension == "time" and text[end : end + 1] == "半" and low == high:
            low, high, end = low + _HALF, high + _HALF, end + 1
        elif number.pair is not None and unit.dimension not in ("money", "percent"):
            low, high = Decimal(number.pair[0]), Decimal(number.pair[1])
    return Amount(low, high, unit, end, number, more)


def _read_half(text: str, at: int) -> Amount | None:
    found = read_unit(text, at + 1)
    if found is None or found[0].dimension not in _HALF_DIMENSIONS:
        return None
    number = Number(_HALF, _HALF, at + 1, arabic=False)
    return Amount(_HALF, _HALF, found[0], found[1], number)


def _currency_unit(currency: Unit, unit: Unit | None) -> Unit | None:
    """Give the unit of "港币2960元", "新台币177.1亿元", "¥300": the currency before the number decides."""
    if unit is None:
        return currency
    if unit.dimension != "money":
        return None
    if currency.name == "元" or unit.name == currency.name:
        return unit
    return scaled_unit_of(currency, unit) if unit.name == "元" else None


def scaled_unit_of(currency: Unit, unit: Unit) -> Unit:
    """Give the currency with the scale of a yuan unit: 港币 … 万元 → 港元 × 10000."""
    return Unit(currency.name, "money", unit.value_factor, currency.base_unit, currency.base_factor, currency.family)


def _add_fen(text: str, low: Decimal, high: Decimal, end: int) -> tuple[Decimal, Decimal, int]:
    """Add 角 and 分 after 元: 十块三毛, 壹元零壹分."""
    found = _FEN.match(text, end)
    if found is None or found.end() == end or low != high or not (found.group(1) or found.group(2)):
        return low, high, end
    cents = Decimal(0)
    for group, worth in ((found.group(1), Decimal("0.1")), (found.group(2), Decimal("0.01"))):
        if group:
            digit = read_number(group[:-1], 0)
            if digit is None or digit.end != len(group) - 1:
                return low, high, end
            cents += digit.low * worth
    return low + cents, low + cents, found.end()
