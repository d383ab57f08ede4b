"""Amounts of project heads: text and the nearest stated unit to yuan; never a guess from magnitude."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from transforms.word_lists import read_word_list, refuse_overlaps

_AMOUNT = re.compile(
    r"^(?:约|共|共计|合计|人民币)?[¥￥]?(-?\d+(?:,\d{3})*(?:\.\d+)?|-?\d+(?:\.\d+)?)([百千万亿]*(?:元整?|万|亿)?)"
)
_NOTE = re.compile(r"(?:金额)?(?:计量|货币)?单位[::]?(?:人民币)?([百千万亿]*元)")
CENT = Decimal("0.01")


@cache
def money_factors() -> dict[str, int]:
    """Give how many yuan each word for a money unit stands for (``words/units_of_money.csv``)."""
    rows = read_word_list("units_of_money.csv", ("word", "factor"))
    refuse_overlaps("units_of_money.csv", ((line, row["word"]) for line, row in rows))
    return {row["word"]: int(row["factor"]) for _, row in rows}


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as read: ``yuan`` is None where no unit was stated anywhere or the text is no amount."""

    raw: str
    yuan: Decimal | None
    unit: str | None
    problem: str | None = None


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def is_amount(text: str) -> bool:
    """Tell whether a text begins with a number and could be an amount."""
    found = _AMOUNT.match(_bare(text))
    return found is not None and not _bare(text)[found.end() :].startswith("%")


def is_whole_amount(text: str) -> bool:
    """Tell whether a text is an amount and no more, save a remark in brackets or behind a comma: "854万(其中…)"."""
    bare = _bare(text)
    found = _AMOUNT.match(bare)
    return found is not None and (found.end() == len(bare) or bare[found.end()] in "([,;。")


def find_money_unit(text: str) -> str | None:
    """Give the money unit that a note or a label's brackets state: "单位：万元", "万元" → 万元; None for none."""
    bare = _bare(text)
    if bare in money_factors() and bare.endswith("元"):
        return bare
    found = _NOTE.search(bare) or re.search(r"[(\[]([百千万亿]*元)[)\]]", bare)
    return found.group(1) if found and found.group(1) in money_factors() else None


def parse_amount(text: str, units: Iterable[str | None]) -> Amount:
    """Read an amount; its own unit wins, else the first stated one of ``units`` (nearest first). Yuan, two decimals.

    Nothing is nothing in every unit: 0 needs none. ``problem`` is ``no_unit`` (a number, but no unit anywhere) or ``not_an_amount``; an empty cell or a dash has none.
    """
    bare = _bare(text)
    if not bare or re.fullmatch(r"[-—/\\.…*]+|无", bare):
        return Amount(text, None, None)
    found = _AMOUNT.match(bare.replace(",", ",").replace("，", ","))
    if found is None:
        return Amount(text, None, None, "not_an_amount")
    unit = found.group(2) or next((unit for unit in units if unit), None)
    if not unit and Decimal(found.group(1).replace(",", "")) == 0:
        return Amount(text, Decimal(0), None)
    factor = money_factors().get(unit) if unit else None
    if factor is None:
        return Amount(text, None, unit, "no_unit" if not unit else "not_an_amount")
    value = Decimal(found.group(1).replace(",", "")) * factor
    return Amount(text, value.quantize(CENT), unit, None if value == value.quantize(CENT) else "below_a_cent")
