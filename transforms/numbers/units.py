"""Units of measure: what is filed to its canonical spelling, its dimension and one base unit per dimension.

Decisions: lengths have the base 米, areas 平方米 (1 亩 = 666.67 平方米, the customary figure), weights 公斤, volumes 立方米,
‰ and 成 the base %. Counts are never merged with each other (人 and 人次, 个 and 项 stay apart); only 名, 位, 口 share the
base 人. Years, months and days are not converted into each other. Money is 元 at once (万元, 角); another currency is a
unit of its own. What a unit is "per" is kept and put in one order and spelling: 元/人/年, 元/年·人, 元/人年 → 元/人·年;
日 = 天, 月 (as a duration) = 个月. A（B） with a unit in brackets is the listed compound AB where there is one (人（次） → 人次,
项（次） → 项次, 台（套） → 台套), else A, and B says nothing (个（处） → 个). 万 and 亿 before a unit that is not money belong to the unit as filed: 1.2万人次 is 1.2 万人次,
base 12000 人次.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from transforms.words.folding import squash
from transforms.words.lexicon import Lexicon
from transforms.words.lists import read_word_list, refuse_overlaps

_COLUMNS = ("unit", "dimension", "value_factor", "base_unit", "base_factor", "aliases")
_PER_JOINTS = frozenset("/·.每")
_LOOSE_JOINTS = frozenset("、*×")
_GLUED_PARTS = re.compile(
    r"(?:(人|户|村|亩|处|座|台|辆)(年|月|天|日|周)|(年|月|天|日)(人|户|村|亩)|(亩)(次))"
    r"(?=以内|以下|以上|之内|之间|左右|及以|范围|内|[,;。()/·]|$)"
)
_PER_TIMES = ("年", "月", "天", "日", "次", "季度", "周", "小时", "学期", "期", "半年")
_PER_NAMES = {"个月": "月", "人年": "人·年", "人月": "人·月", "人天": "人·天", "日": "天"}
_NOUN = re.compile(r"(?:(?!每)[一-鿿]){1,8}?(?=以内|以下|以上|之内|之间|左右|及以|范围|内|[,;。()/·]|$)")
_SCALES = {"万": Decimal(10**4), "亿": Decimal(10**8), "千": Decimal(1000), "百": Decimal(100)}
_LETTERS_ON = re.compile(r"[A-Za-z]{2}")
_COUNTED_NOUN = re.compile(r"个(项目|小区|站点|标段|点位|网格|家庭|学校|企业)")
_ONE = Decimal(1)
_COUNTED = ("count", "time")
_BRACKETS = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit; ``value_factor`` converts the value as filed to ``name`` (money), ``base_factor`` to ``base_unit``.

    ``dimension`` is money, percent, length, area, weight, volume, time, count, power, energy, or unknown.
    ``family`` is what may be compared: percent, area, count:人, money/村 … (the join key).
    """

    name: str
    dimension: str
    value_factor: Decimal
    base_unit: str
    base_factor: Decimal
    family: str


def _family(dimension: str, name: str, base_unit: str) -> str:
    if dimension == "money":
        return "money" if name == "元" else f"money:{name}"
    if dimension == "count":
        return f"count:{base_unit}"
    if dimension == "time":
        return f"time:{base_unit}"
    if dimension == "unknown":
        return f"unknown:{name}"
    return dimension


def _listed_units() -> Iterator[tuple[int, str, Unit]]:
    for line, row in read_word_list("units.csv", _COLUMNS):
        name, dimension, base_unit = row["unit"], row["dimension"], row["base_unit"]
        value_factor = Decimal(row["value_factor"])
        unit = Unit(
            name,
            dimension,
            value_factor,
            base_unit,
            Decimal(row["base_factor"]),
            _family(dimension, name, base_unit),
        )
        aliases = row["aliases"].split()
        for alias in dict.fromkeys(squash(alias) for alias in ([name, *aliases] if value_factor == 1 else aliases)):
            yield line, alias, unit


@cache
def unit_lexicon() -> Lexicon[Unit]:
    """Give every spelling of every listed unit (``words/units.csv``); two units with one spelling are refused."""
    listed = list(_listed_units())
    refuse_overlaps("units.csv", ((line, alias) for line, alias, _ in listed))
    return Lexicon((alias, unit) for _, alias, unit in listed)


def read_unit(text: str, at: int) -> tuple[Unit, int] | None:
    """Read the unit that begins at ``at`` of a folded text, with all it is per; give it and where it ends."""
    found = _read_listed(text, at)
    if found is None:
        found = _read_scaled(text, at) or _read_bracketed(text, at)
        if found is None:
            return None
    unit, end = found
    if end < len(text) and text[end] in _PER_JOINTS:
        parts, end = read_parts(text, end)
        if parts:
            unit = unit_per(unit, parts)
    return unit, end


def _read_listed(text: str, at: int) -> tuple[Unit, int] | None:
    """Read a listed unit, with a second one in brackets, which only makes a listed compound of it: 场(次), 个(处)."""
    first = unit_lexicon().match(text, at)
    if first is not None and _LETTERS_ON.match(text, first[1] - 1) is not None:
        return None  # Hz is not h, lx not l
    if first is None or text[first[1] : first[1] + 1] not in _BRACKETS:
        return first
    second = unit_lexicon().match(text, first[1] + 1)
    if second is None or text[second[1] : second[1] + 1] != _BRACKETS[text[first[1]]]:
        return first
    if first[0].dimension not in _COUNTED or second[0].dimension not in _COUNTED:
        return first
    compound = unit_lexicon().get(text[at : first[1]] + text[first[1] + 1 : second[1]])
    return compound or first[0], second[1] + 1


def read_per(text: str, at: int) -> tuple[Unit, int] | None:
    """Read a unit of which only the per part is left ("/株" of "28.40/株"); its dimension is unknown."""
    parts, end = read_parts(text, at)
    return (unit_per(_NOTHING, parts), end) if parts else None


_NOTHING = Unit("", "unknown", _ONE, "", _ONE, "unknown")


def _read_scaled(text: str, at: int) -> tuple[Unit, int] | None:
    if at < len(text) and text[at] in "万亿":
        found = _read_listed(text, at + 1)
        if found is not None and found[0].dimension != "percent":
            return scaled_unit(text[at], found[0]), found[1]
    return None


def _read_bracketed(text: str, at: int) -> tuple[Unit, int] | None:
    if at < len(text) and text[at] in "([":
        found = read_unit(text, at + 1)
        if found is not None and found[1] < len(text) and text[found[1]] in ")]":
            return found[0], found[1] + 1
    return None


def read_parts(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """Read "/人·年", "/(人·月)", "每亩" …: the names of what a unit is per."""
    names: list[str] = []
    end = at
    while end < len(text) and (text[end] in _PER_JOINTS or (names and _is_loose_joint(text, end))):
        if not names and text[end] not in "/每":
            break
        start = end + 2 if text.startswith("/每", end) else end + 1
        bracket = start < len(text) and text[start] == "("
        part = read_part(text, start + bracket)
        if part is None:
            break
        names.append(part[0])
        end = part[1]
        if bracket:
            inner, end = _read_bracket_rest(text, end)
            names.extend(inner)
    return tuple(names), end


def _is_loose_joint(text: str, at: int) -> bool:
    """Tell whether a mark that also lists and multiplies joins a time here: 元/人、月, 元/人*月."""
    found = unit_lexicon().match(text, at + 1) if text[at] in _LOOSE_JOINTS else None
    return found is not None and found[0].dimension == "time"


def _read_bracket_rest(text: str, at: int) -> tuple[list[str], int]:
    names: list[str] = []
    end = at
    while end < len(text) and text[end] in "/·.":
        part = read_part(text, end + 1)
        if part is None:
            break
        names.append(part[0])
        end = part[1]
    return names, end + 1 if text[end : end + 1] == ")" else end


def read_part(text: str, at: int) -> tuple[str, int] | None:
    """Read what something is per: a listed unit (人, 公里, 年), two of them (亩次) or a noun that ends the text (低保户)."""
    glued = _GLUED_PARTS.match(text, at)
    if glued is not None:
        return "·".join(_PER_NAMES.get(part, part) for part in glued.groups() if part), glued.end()
    noun = _COUNTED_NOUN.match(text, at)
    if noun is not None:
        return noun.group(1), noun.end()
    found = _read_listed(text, at)
    if found is not None and found[0].name == "个":
        inner = unit_lexicon().match(text, found[1])  # 每个村 is per 村
        if inner is not None and inner[0].dimension == "count":
            at, found = found[1], inner
    noun = _NOUN.match(text, at)
    if found is not None and found[0].dimension not in ("money", "percent") and not (noun and noun.end() > found[1]):
        return _PER_NAMES.get(found[0].name, found[0].name), found[1]
    if noun is not None and (found is None or found[0].dimension == "count"):
        return noun.group(), noun.end()
    if found is not None and found[0].dimension not in ("money", "percent"):
        return _PER_NAMES.get(found[0].name, found[0].name), found[1]
    return None


@lru_cache(maxsize=4096)
def unit_per(unit: Unit, parts: tuple[str, ...]) -> Unit:
    """Give a unit per something, more than it is per already: 元 and (年, 人), 元/年 and 人 → 元/人·年."""
    already = unit.name.partition("/")[2] if unit_lexicon().get(unit.name) is None else ""
    names = dict.fromkeys(name for part in (already, *parts) for name in part.split("·") if name)
    ordered = [name for name in names if name not in _PER_TIMES] + [name for name in names if name in _PER_TIMES]
    per = "/" + "·".join(ordered)
    stem, base, family = (
        (text.partition("/")[0] if already else text) for text in (unit.name, unit.base_unit, unit.family)
    )
    return Unit(stem + per, unit.dimension, unit.value_factor, base + per, unit.base_factor, family + per)


@lru_cache(maxsize=4096)
def scaled_unit(scale: str, unit: Unit) -> Unit:
    """Give a unit in 万 or 亿: 万人次 with the base 人次; money is scaled at once."""
    factor = _SCALES[scale]
    if unit.dimension == "money":
        return Unit(unit.name, "money", unit.value_factor * factor, unit.base_unit, unit.base_factor, unit.family)
    return Unit(scale + unit.name, unit.dimension, _ONE, unit.base_unit, unit.base_factor * factor, unit.family)


@lru_cache(maxsize=4096)
def unlisted_unit(name: str) -> Unit:
    """Give a unit for a measure word that the list does not know: kept as filed, compared only with itself."""
    return Unit(name, "unknown", _ONE, name, _ONE, f"unknown:{name}")


@lru_cache(maxsize=4096)
def find_unit(text: str) -> Unit | None:
    """Give the unit that a whole text names (a unit column's cell, "万元", "人次/年"), or None."""
    folded = squash(text)
    found = read_unit(folded, 0)
    return found[0] if found is not None and found[1] == len(folded) else None


def unit_family(unit: str | None, target_kind: str | None = None) -> str:
    """Give what a target may be compared with, for the join key: percent, money/村, count:个, area, date, fraction …

    A quantity without a unit is ``number``; a unit that no list knows is ``unknown:<unit>``.
    """
    if target_kind in ("date", "fraction", "grade", "text"):
        return target_kind
    if unit is None:
        return "number" if target_kind else "none"
    found = find_unit(unit)
    return found.family if found is not None else f"unknown:{unit}"
