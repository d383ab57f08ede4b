"""What an indicator's name says about a target that lacks its unit: "（%）", "（≥**万元）", a 率, a cost, a time."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from transforms.numbers.units import Unit, find_unit
from transforms.targets.comparators import comparing_words
from transforms.words.folding import squash
from transforms.words.lists import WordListError, read_word_list, refuse_overlaps

_BRACKET = re.compile(r"[(\[【]([^()\[\]【】]*(?:\([^()]*\))?[^()\[\]【】]*)[)\]】]")
_TEMPLATE = re.compile(r"^(?:计量|度量)?单位:?|^[≥≤=<>]*[*_Xx×…]*")
_PARTS = re.compile(r"[,;。]")
_NUMBER = re.compile(r"\d")
_ORDINAL = re.compile(r"[A-Z]")
"""A single capital numbers the columns of a form; no unit is filed as one in brackets."""
_NO_UNITS = frozenset({"年度", "本年度", "上年度"})
_SCALES = {"万": Decimal(10**4), "亿": Decimal(10**8)}
_ENDINGS = re.compile(r"(?:指标|情况|目标|[*★·:、.\s\d≥≤=<>])+$")


@dataclass(frozen=True, slots=True)
class NameHints:
    """Hints for a value without unit: ``unit`` from brackets in the name; whether a percentage, money or a day is meant.

    ``scale`` is 10,000 of a name that ends in （万） and does not speak of money: the value counts ten thousands.
    ``sign`` is the comparator that the brackets of a template hold (（≥**%）), for a value without one.
    """

    unit: Unit | None = None
    scale: Decimal = Decimal(1)
    percent: bool = False
    money: bool = False
    date: bool = False
    sign: str | None = None
    known: bool = False


NO_HINTS = NameHints()


@cache
def _hint_words() -> dict[tuple[str, str], tuple[str, ...]]:
    name = "name_hints.csv"
    rows = read_word_list(name, ("word", "hint", "match"))
    refuse_overlaps(name, ((line, (row["word"], row["hint"])) for line, row in rows))
    found: dict[tuple[str, str], list[str]] = {}
    for line, row in rows:
        if row["hint"] not in ("percent", "money", "date") or row["match"] not in ("end", "part", "not"):
            raise WordListError(f"{name}, line {line}: unknown hint or match")
        found.setdefault((row["hint"], row["match"]), []).append(row["word"])
    return {key: tuple(words) for key, words in found.items()}


def _hints(name: str, hint: str) -> bool:
    words = _hint_words()
    if any(word in name for word in words.get((hint, "not"), ())):
        return False
    return name.endswith(words.get((hint, "end"), ())) or any(word in name for word in words.get((hint, "part"), ()))


@lru_cache(maxsize=65536)
def find_hints(name: str) -> NameHints:
    """Give what an indicator's name says about the unit of its value."""
    folded = squash(name)
    bare = _ENDINGS.sub("", _BRACKET.sub("", folded))
    money = _hints(bare, "money")
    unit, scale, sign = None, Decimal(1), None
    for found in _BRACKET.finditer(folded):
        text = _TEMPLATE.sub("", found.group(1))
        sign = _read_sign(found.group(1)) or sign
        if text in _SCALES and not money:
            scale = _SCALES[text]
        unit = find_hint_unit(f"{text}元" if text in _SCALES and money else text) or unit
    return NameHints(unit, scale, _hints(bare, "percent"), money, _hints(bare, "date"), sign, known=True)


def _read_sign(bracket: str) -> str | None:
    """Give the comparator that a template's brackets begin with; with a number of their own they are no template."""
    said = comparing_words("prefix").match(bracket, 0)
    if said is None or not said[0].firm or said[0].comparator not in (">=", "<=", ">", "<"):
        return None
    return None if _NUMBER.search(bracket) else said[0].comparator


def find_hint_unit(text: str) -> Unit | None:
    """Give the unit in the brackets of a name or heading: all of it, or its first part (盏，含旧灯); None for (年度), (A)."""
    for part in (squash(text), _PARTS.split(squash(text))[0]):
        if part in _NO_UNITS or _ORDINAL.fullmatch(part):
            return None
        unit = find_unit(part)
        if unit is not None:
            return unit
    return None
