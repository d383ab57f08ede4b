"""The grammar of an amount: [currency] number [余|多] [unit] [角分], and of a share: 百分之 number.

Decisions: 余 and 多 mean "more than" (50余户). 半 is a half before or after a unit (半年, 两年半, 一个半月). 分 is a point of a score
(90分), and a hundredth of a yuan only after 角 and 元 or in formal numerals (壹分). 块 counts pieces (宣传牌5块); it is a yuan
only before 钱, 整, 角, 毛 and after a spoken "about" number (十块三毛, 三五百块). A word of up to three characters right
after an Arabic number that ends the text or stands before 以上 and the like is a measure word, listed or not.
"""

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from transforms.numbers.numbers import Number, read_number
from transforms.numbers.units import Unit, find_unit, read_per, read_unit, unlisted_unit
from transforms.words.lexicon import Lexicon
from transforms.words.lists import read_word_list, refuse_overlaps

_SHARE_START = re.compile(r"(负?)(?:(百|千|万)分之|百分(?=[百负\d一二两三四五六七八九十]))")
_WHOLE_SHARE = ("百分之百", "百分百")
_FEN = re.compile(
    r"(?:零?((?:\d+|[零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖])[角毛]))?"
    r"(?:零?((?:\d+|[零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖])分))?(?:钱|整|正)?"
)
_INCLUDING = re.compile(r"\(含[^()]{0,10}\)")
_UNKNOWN_UNIT = re.compile(r"[一-鿿]{1,3}?(?=以上|以下|以内|及以|左右|之内|内|/|[,;。)]|$)")
_UNKNOWN_LETTERS = re.compile(r"[A-Za-zμΩ]{1,6}(?=以|及|左右|之|内|/|[,;。()]|$)")
_NO_UNIT = frozenset("级号等届线第强性于的是为和与及或比以之内左上下含整完达不多余约至到个万亿几数来")
_HALF_DIMENSIONS = ("time", "length", "weight", "area")
_HALF = Decimal("0.5")
_YUAN, _JIAO, _FEN_VALUE = Decimal(1), Decimal("0.1"), Decimal("0.01")


class Amount(NamedTuple):
    """A number with the unit that belongs to it; ``more``: with 余 or 多; low and high differ for "about" numbers."""

    low: Decimal
    high: Decimal
    unit: Unit | None
    end: int
    number: Number
    more: bool = False


@cache
def _currencies() -> Lexicon[Unit]:
    rows = read_word_list("currency_marks.csv", ("word", "unit"))
    refuse_overlaps("currency_marks.csv", ((line, row["word"]) for line, row in rows))
    found = [(row["word"], find_unit(row["unit"])) for _, row in rows]
    return Lexicon((word, unit) for word, unit in found if unit is not None)


def read_amount(text: str, at: int) -> Amount | None:
    """Read the amount that begins at ``at`` of a folded text, or None."""
    currency = _currencies().match(text, at)
    if currency is None and text[at : at + 1] == "半":
        return _read_half(text, at)
    number = read_number(text, at if currency is None else currency[1])
    if number is None or text[number.end : number.end + 1] in ("几", "来"):
        return None  # 二十几个, 20来个: too vague for a number
    end = number.end
    more = text[end : end + 1] in ("余", "多") and text[end + 1 : end + 2] != "于"
    if more:
        end += 1
    if text.startswith("个半", end) and (half := read_unit(text, end + 2)) is not None and half[0].dimension == "time":
        return Amount(number.low + _HALF, number.high + _HALF, half[0], half[1], number)
    unit, end = _read_unit_after(text, end, number)
    if currency is not None:
        unit = _currency_unit(currency[0], unit)
        if unit is None:
            return None
    if unit is not None and _is_money_by_piece(text, number, unit, end):
        unit = find_unit("元")
    if unit is None:
        return Amount(number.low, number.high, None, end, number, more)
    return _settle_by_unit(text, Amount(number.low, number.high, unit, end, number, more), unit)


def _read_unit_after(text: str, end: int, number: Number) -> tuple[Unit | None, int]:
    """Read the unit behind a number: a listed one, one per something, or, behind digits, one that no list knows."""
    if text[end : end + 1] == "(":
        end = skip_including(text, end)
    found = read_unit(text, end)
    if found is None and text[end : end + 1] == "/":
        found = read_per(text, end)
        return (None, end) if found is None else found
    if found is not None:
        return found
    if number.arabic and (noun := _read_unknown(text, end)) is not None:
        return unlisted_unit(noun.group()), noun.end()
    return None, end


def _is_money_by_piece(text: str, number: Number, unit: Unit, end: int) -> bool:
    """Tell whether 块 is 元: as the bound of a range, or with 毛 or 分 behind it."""
    low, high = number.low, number.high
    return unit.name == "块" and (low != high or _add_fen(text, low, high, end, _YUAN)[2] > end)


def _settle_by_unit(text: str, amount: Amount, unit: Unit) -> Amount:
    """Give the amount as its unit makes it: 壹分 as money, 三元五角, 一年半, and 三五个 as a pair of numbers."""
    number, low, high, end = amount.number, amount.low, amount.high, amount.end
    if number.formal and text[end - 1] == "分" and unit.name == "分":
        return amount._replace(unit=find_unit("分钱"))
    if unit.dimension == "money" and unit.name == "元":
        low, high, end = _add_fen(text, low, high, end, unit.value_factor)
        return amount._replace(low=low, high=high, end=end)
    if unit.dimension == "time" and text[end : end + 1] == "半" and low == high:
        return amount._replace(low=low + _HALF, high=high + _HALF, end=end + 1)
    if number.pair is not None and unit.dimension not in ("money", "percent"):
        return amount._replace(low=Decimal(number.pair[0]), high=Decimal(number.pair[1]))
    return amount


def _read_unknown(text: str, at: int) -> re.Match[str] | None:
    """Read a measure word or letters that no list knows."""
    if text[at : at + 1] in _NO_UNIT:
        return None
    return _UNKNOWN_UNIT.match(text, at) or _UNKNOWN_LETTERS.match(text, at)


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
    return _scaled_currency(currency, unit) if unit.name == "元" else None


def _scaled_currency(currency: Unit, unit: Unit) -> Unit:
    """Give the currency with the scale of a yuan unit: 港币 … 万元 → 港元 × 10000."""
    return Unit(currency.name, "money", unit.value_factor, currency.base_unit, currency.base_factor, currency.family)


def _add_fen(text: str, low: Decimal, high: Decimal, end: int, worth: Decimal) -> tuple[Decimal, Decimal, int]:
    """Add 角 and 分 after 元, and 分 after 角: 十块三毛, 壹元零壹分, 三角五分; in the unit of the amount, ``worth`` 元 each."""
    found = _FEN.match(text, end)
    if found is None or low != high or not any(found.groups()):
        return low, high, end
    jiao, fen = found.groups()
    if worth not in (_YUAN, _JIAO) or (jiao and worth == _JIAO):
        return low, high, end
    cents = Decimal(0)
    for group, value in ((jiao, _JIAO), (fen, _FEN_VALUE)):
        if group:
            digit = read_number(group[:-1], 0)
            if digit is None or digit.end != len(group) - 1:
                return low, high, end
            cents += digit.low * value
    return low + cents / worth, low + cents / worth, found.end()


def read_share(text: str, at: int) -> Amount | None:
    """Read 百分之九十五, 百分百, 千分之五, 万分之三 (in %), or None."""
    for whole in _WHOLE_SHARE:
        if text.startswith(whole, at):
            hundred = Number(Decimal(100), Decimal(100), at + len(whole), arabic=False)
            return Amount(hundred.low, hundred.high, find_unit("%"), hundred.end, hundred)
    start = _SHARE_START.match(text, at)
    if start is None:
        return None
    minus, parts = start.groups()
    found = read_share_rest(text, start.end(), find_unit("‰" if parts == "千" else "%"))
    if found is None or (minus and found.low < 0):
        return None
    worth = (Decimal("0.01") if parts == "万" else Decimal(1)) * (-1 if minus else 1)
    return found._replace(low=found.low * worth, high=found.high * worth) if worth != 1 else found


def read_share_rest(text: str, at: int, unit: Unit | None) -> Amount | None:
    """Read the number of a share whose 百分之 was said before: 四十一 in 百分之三十到四十一."""
    number = read_number(text, at)
    return None if number is None else Amount(number.low, number.high, unit, number.end, number)


def skip_including(text: str, at: int) -> int:
    """Step over "(含)" and "(含100人)", which say what 以上 and 以下 say anyway."""
    found = _INCLUDING.match(text, at)
    return found.end() if found is not None else at
