"""What an indicator's name says about a target that lacks its unit: "（%）", "（≥**万元）", a 率, a cost, a time."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from transforms.numbers.units import Unit, find_unit
from transforms.words.folding import squash
from transforms.words.lists import WordListError, read_word_list, refuse_overlaps

_BRACKET = re.compile(r"[(\[【]([^()\[\]【】]*(?:\([^()]*\))?[^()\[\]【】]*)[)\]】]")
_TEMPLATE = re.compile(r"^(?:计量|度量)?单位:?|^[≥≤=<>]*[*_Xx×…]*")
_ENDINGS = re.compile(r"(?:指标|情况|目标|[*★·:、.\s\d≥≤=<>])+$")


@dataclass(frozen=True, slots=True)
class NameHints:
    """Hints for a value without unit: ``unit`` from brackets in the name; whether a percentage, money or a day is meant."""

    unit: Unit | None = None
    percent: bool = False
    money: bool = False
    date: bool = False
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
    unit = None
    for found in _BRACKET.finditer(folded):
        unit = find_unit(_TEMPLATE.sub("", found.group(1))) or unit
    bare = _ENDINGS.sub("", _BRACKET.sub("", folded))
    return NameHints(unit, _hints(bare, "percent"), _hints(bare, "money"), _hints(bare, "date"), known=True)
