"""Amounts of project heads: text and the nearest stated unit to yuan; never a guess from magnitude.

Numbers and their own units are read by the grammar of ``amounts``, as in targets. A currency sign says which currency is
meant and not its scale: ￥50.00 in a table in 万元 is 50 万元.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from transforms.numbers.amounts import read_amount
from transforms.numbers.units import Unit, find_unit
from transforms.words.folding import fold, half_of, squash

_LEAD = re.compile(r"(?:约|共计|共|合计|总计|总额|金额|计|人民币|[(]?[大小]写[)]?)*:?([¥￥])?")
_FUND = re.compile(r"(?!.*[不未无除减扣])[一-鿿]{2,14}(?:资金|拨款|补助|经费):?(?=\d)")
"""A fund's name before its sum in one cell: 中央衔接资金30万元."""
_NOTE = re.compile(
    r"(?:金额)?(?:计量|货币)?单位:?(?:人民币)?([百千万亿]*元)|金额[^,。;]{0,6}以([百千万亿]*元)为(?:计量)?单位"
)
_IN_BRACKETS = re.compile(r"[(\[]([百千万亿]*元)[)\]]")
_DIGITS = re.compile(r"^[-+\d.,]+|[()\[\]余多]")
_BLANK = re.compile(r"[-—/\\.…*]+|无")
_PARTED = "|"
_BETWEEN_NUMBERS = re.compile(r"(?<=[\d万亿元])\s+(?=[\d.])")
_TWO_SCALES = re.compile(r"\d[\d.,]*[万亿]元?\d[\d.,]*[万亿]")
_GOES_ON = re.compile(r"[\d.|+]|,\d|[;、,和及]\d[\d.,]*[万亿]?元")
"""What may not stand behind an amount: a second one makes the first no amount, whichever was meant."""
_SHORTEST_AMOUNT = 2
"""A digit and its unit: 5元5元 is one amount written twice, 元元 is none."""
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class HeadAmount:
    """An amount as read: ``yuan`` is None where no unit was stated anywhere or the text is no amount."""

    raw: str
    yuan: Decimal | None
    unit: str | None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class _MoneyNumber:
    """A number at the start of a text: in yuan where ``unit`` says so, else in a unit stated elsewhere."""

    value: Decimal
    unit: str | None
    signed: bool
    rest: str


def _read(text: str) -> _MoneyNumber | None:
    """Read the amount that a text begins with, or None where it begins with none or with a number of other things.

    Digits are never joined over a blank, a line break or a unit, and a run that is no number (7,00.0,77) is none.
    """
    bare = _part(text)
    if _TWO_SCALES.search(bare):
        return None
    lead = _LEAD.match(bare)
    assert lead is not None, bare
    found = read_amount(bare, lead.end())
    if found is None or found.low != found.high:
        return None
    number, unit, end = found.number, found.unit, found.end
    if unit is not None and unit.dimension == "unknown":
        unit, end = None, number.end
    if unit is not None and not _is_yuan(unit):
        return None
    rest = bare[end:]
    if (unit is None and not number.arabic) or (rest and _GOES_ON.match(rest)):
        return None
    filed = _DIGITS.sub("", bare[lead.end() : end])
    if unit is not None:
        filed = filed if number.arabic and not any(sign.isdigit() for sign in filed) else "元"
    value = found.low * unit.value_factor if unit is not None else found.low
    return _MoneyNumber(value, filed or None, lead.group(1) is not None, rest)


def _part(text: str) -> str:
    """Give the text without blanks, save a mark where one stands between two numbers; a text written twice once."""
    bare = squash(_BETWEEN_NUMBERS.sub(_PARTED, fold(text)))
    half = half_of(bare)
    if half is not None and len(half) >= _SHORTEST_AMOUNT and half[-1] in "万亿元":
        return half
    first, mark, second = bare.partition(_PARTED)
    return first if mark and first == second else bare


def _is_yuan(unit: Unit) -> bool:
    return unit.name in ("元", "元/年")


def is_amount(text: str) -> bool:
    """Tell whether a text begins with a number and could be an amount."""
    return _read(text) is not None


def is_whole_amount(text: str) -> bool:
    """Tell whether a text is an amount and no more, save a remark in brackets or behind a comma: "854万(其中…)"."""
    number = _read(text)
    return number is not None and (not number.rest or number.rest[0] in "([,;。")


def is_repeated(text: str) -> bool:
    """Tell whether an amount is written twice in one cell (854万854万, or 15 on two lines) and was read once."""
    return is_amount(text) and len(_part(text)) * 2 <= len(squash(text))


def find_money_unit(text: str) -> str | None:
    """Give the money unit that a note or a label's brackets state: "单位：万元", "万元" → 万元; None for none."""
    bare = squash(text)
    if bare.endswith("元") and _factor(bare) is not None:
        return bare
    found = _NOTE.search(bare) or _IN_BRACKETS.search(bare)
    unit = found.group(found.lastindex or 1) if found is not None else None
    return unit if unit is not None and _factor(unit) is not None else None


def _factor(word: str) -> Decimal | None:
    """Give how many yuan a word for a money unit stands for."""
    unit = find_unit(word)
    return unit.value_factor if unit is not None and unit.name == "元" else None


def parse_amount(text: str, units: Iterable[str | None]) -> HeadAmount:
    """Read an amount; its own unit wins, else the first stated one of ``units`` (nearest first). Yuan, two decimals.

    Nothing is nothing in every unit: 0 needs none. ``problem`` is ``no_unit`` (a number, but no unit anywhere),
    ``not_an_amount`` or ``below_a_cent``; an empty cell or a dash has none.
    """
    bare = squash(text)
    if not bare or _BLANK.fullmatch(bare):
        return HeadAmount(text, None, None)
    fund = _FUND.match(bare)
    number = _read(bare[fund.end() :] if fund is not None else text)
    if number is None or (fund is not None and number.rest and number.rest[0] not in "(["):
        return HeadAmount(text, None, None, "not_an_amount")
    unit, value = number.unit, number.value
    if unit is None:
        unit = next((unit for unit in units if unit), "元" if number.signed else None)
        factor = _factor(unit) if unit is not None else None
        if factor is None:
            return HeadAmount(text, Decimal(0), None) if value == 0 else HeadAmount(text, None, None, "no_unit")
        value *= factor
    return HeadAmount(text, value.quantize(CENT), unit, None if value == value.quantize(CENT) else "below_a_cent")
