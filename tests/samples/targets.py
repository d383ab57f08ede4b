"""Draws a target: a number in range, a way to write it, and what that writing means."""

import calendar
from decimal import Decimal
from random import Random

from tests.samples.facts import TargetFact
from tests.samples.vocabulary import IndicatorWords, Writing, writings

CHINESE_DIGITS = "零一二三四五六七八九"
CANONICAL_UNITS = {"㎡": "平方米", "平米": "平方米", "km": "公里", "千米": "公里"}
"""Unit spellings that mean the same (field guide, section 2)."""
_SIGNS = {">=": ("≥",), "<=": ("≤",), "=": ("＝", "="), ">": (">", "＞"), "<": ("<", "＜")}
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12}
_MEANING = {"percent_high": "percent", "percent_low": "percent", "count": "quantity", "count_low": "quantity"}


def chinese_numeral(number: int) -> str:
    """Write a whole number below 10,000 in Chinese numerals."""
    if number < 10:
        return CHINESE_DIGITS[number]
    if number < 20:
        return "十" + (CHINESE_DIGITS[number - 10] if number > 10 else "")
    text = ""
    zero = False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if zero else "") + CHINESE_DIGITS[digit] + name
        zero = bool(text) and not digit
    return text


def plain(number: Decimal) -> str:
    """Write a decimal without an exponent or idle zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _pick(rng: Random, measure: str, columns: bool) -> Writing:
    ways = [way for way in writings()[measure] if not (columns and way.comparator == "between")]
    return rng.choices(ways, [way.weight for way in ways])[0]


def _bounds(op: str, number: Decimal, upper: Decimal) -> tuple[Decimal | None, Decimal | None]:
    low = number if op in (">=", ">", "=", "between") else None
    high = number if op in ("<=", "<", "=") else None
    return low, upper if op == "between" else high


def _in_range(rng: Random, words: IndicatorWords) -> Decimal:
    """Draw a rounded number: thousands end in 00, larger numbers in 0 or 5."""
    low, high = int(words.low * 2), int(words.high * 2)
    number = Decimal(rng.randint(low, max(low, high))) / 2
    if words.measure.startswith("percent"):
        whole = number.to_integral_value() == number
        return number if whole or rng.random() < 0.3 else number.to_integral_value()
    if number >= 1000:
        return number // 100 * 100
    if number >= 100:
        return number // 5 * 5
    return max(Decimal(int(number)), Decimal(1))


def _counted(rng: Random, words: IndicatorWords, columns: bool) -> TargetFact:
    way = _pick(rng, words.measure, columns)
    number = _in_range(rng, words)
    upper = number + rng.choice((2, 3, 5))
    if words.measure.startswith("percent"):
        upper = min(upper, Decimal(100))
        number = min(number, upper - 1) if way.comparator == "between" else number
    unit = rng.choice(words.units)
    if "{c}" in way.pattern:
        number = Decimal(int(number))
    text = way.pattern.format(
        n=plain(number),
        a=plain(number),
        b=plain(upper),
        c=chinese_numeral(int(number)),
        t=f"{int(number):,}",
        u=unit,
    )
    if "{t}" in way.pattern:
        number = Decimal(int(number))
    low, high = _bounds(way.comparator, number, upper)
    return TargetFact(
        text,
        _MEANING[words.measure],
        way.comparator,
        low,
        high,
        CANONICAL_UNITS.get(unit, unit),
        sign=rng.choice(_SIGNS.get(way.comparator, ("",))),
        value=plain(number),
        unit_cell=unit,
    )


def _money(rng: Random, words: IndicatorWords, columns: bool) -> TargetFact:
    way = _pick(rng, words.measure, columns)
    number = _in_range(rng, words)
    if number > 100:
        number = number // 100 * 100
    if "{d}" in way.pattern:
        number += Decimal(rng.randint(1, 9)) / 10
    per = rng.choice(words.units)
    step = Decimal(100) if number >= 1000 else Decimal(5)
    upper = number + step * rng.randint(1, 4)
    text = way.pattern.format(
        y=plain(number),
        k=f"{number:,f}",
        d=f"{number:.2f}",
        w=plain(number / 10000),
        ya=plain(number),
        yb=plain(upper),
        wa=plain(number / 10000),
        wb=plain(upper / 10000),
        p=per,
    )
    low, high = _bounds(way.comparator, number, upper)
    in_wan = "万元" in way.pattern
    return TargetFact(
        text,
        "money",
        way.comparator,
        low,
        high,
        f"元{per}",
        sign=rng.choice(_SIGNS.get(way.comparator, ("",))),
        value=plain(number / 10000) if in_wan else plain(number),
        unit_cell=f"{'万元' if in_wan else '元'}{per}",
    )


def _date(rng: Random, year: int, columns: bool) -> TargetFact:
    way = _pick(rng, "date", columns)
    month = rng.choice((3, 5, 6, 8, 9, 10, 11, 12, 12, 12))
    quarter = rng.choice("一二三四")
    if way.comparator == "year":
        month = 12
    elif way.comparator == "half":
        month = 6
    elif way.comparator == "quarter":
        month = _QUARTERS[quarter]
    last = calendar.monthrange(year, month)[1]
    day = rng.choice((10, 15, 20, last, last, last)) if way.comparator == "day" else last
    text = way.pattern.format(Y=year, M=month, D=day, m=f"{month:02d}", Q=quarter)
    return TargetFact(
        text, "date", "<=", due=f"{year}-{month:02d}-{day:02d}", sign=rng.choice(("定性", "")), value=text
    )


def draw_target(rng: Random, words: IndicatorWords, year: int, columns: bool = False) -> TargetFact:
    """Draw one target for an indicator; with ``columns`` only what fits sign, value and unit columns."""
    if words.measure in _MEANING:
        return _counted(rng, words, columns)
    if words.measure.startswith("money"):
        return _money(rng, words, columns)
    if words.measure == "date":
        return _date(rng, year, columns)
    text = _pick(rng, words.measure, columns).pattern
    kind = "grade" if words.measure == "grade" else "text"
    return TargetFact(text, kind, sign="定性", value=text)
