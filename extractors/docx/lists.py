"""The lists that a Word document defines: per list and level, how its number looks and where it starts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from docx.oxml.exceptions import InvalidXmlError
from docx.oxml.numbering import CT_Num
from docx.oxml.parser import parse_xml as parse_word_xml
from lxml import etree

from extractors.docx.package import Element, transitional
from extractors.docx.styles import switch, whole
from extractors.docx.xml_names import VAL, w
from extractors.formats.zip_archive import PackedMember
from extractors.rejection import Reason, RejectedFile

LEVELS = 9
LEVEL, LEVEL_NO, P_STYLE = w("lvl"), w("ilvl"), w("pStyle")


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list: how its number looks.

    ``restart`` is the level (1-based) whose advance restarts it, 0 none, None any higher one.
    ``start_override`` is a start that this list sets anew, although it shares its running numbers with others.
    """

    start: int
    number_format: str
    text: str
    suffix: str
    is_legal: bool
    restart: int | None
    start_override: int | None = None


@dataclass(frozen=True, slots=True)
class Lists:
    """All lists of a document: levels by list id, which lists share their running numbers, and levels of styles."""

    levels: dict[str, tuple[ListLevel | None, ...]]
    counter_of: dict[str, str]
    level_of_style: dict[tuple[str, str], int]


@lru_cache(maxsize=64)
def read_lists(part: PackedMember) -> Lists:
    """Read a numbering part; RejectedFile where it is broken."""
    try:
        root = parse_word_xml(transitional(part.unpack()))
        if root.tag != w("numbering"):
            raise ValueError(root.tag)
        nums = {str(num.numId): num for num in cast(Iterable[CT_Num], root.iterchildren(w("num")))}
        counter_of = {num_id: num.find(w("abstractNumId")) for num_id, num in nums.items()}
    except (etree.XMLSyntaxError, InvalidXmlError, ValueError) as error:
        raise RejectedFile(Reason.DAMAGED, "编号部件（numbering.xml）不完整或有错误") from error
    abstract = {a.get(w("abstractNumId"), ""): _abstract_levels(a) for a in root.iterchildren(w("abstractNum"))}
    linked = {
        style: a.get(w("abstractNumId"), "")
        for a in root.iterchildren(w("abstractNum"))
        if (style := _value(a, "styleLink", "")) and abstract[a.get(w("abstractNumId"), "")]
    }
    for a in root.iterchildren(w("abstractNum")):  # w:numStyleLink: the levels stand in the list that names the style
        link = linked.get(_value(a, "numStyleLink", ""))
        if link is not None and not abstract[a.get(w("abstractNumId"), "")]:
            abstract[a.get(w("abstractNumId"), "")] = abstract[link]
    counters = {num_id: a.get(VAL, "") for num_id, a in counter_of.items() if a is not None}
    levels = {num_id: _levels(nums[num_id], abstract.get(a, {})) for num_id, a in counters.items()}
    styles = {
        (num_id, level.find(P_STYLE).get(VAL, "")): number  # type: ignore[union-attr]
        for num_id, a in counters.items()
        for number, level in abstract.get(a, {}).items()
        if level.find(P_STYLE) is not None
    }
    return Lists(levels, counters, styles)


def _abstract_levels(abstract: Element) -> dict[int, Element]:
    return {whole(level.get(LEVEL_NO), 0): level for level in abstract.iterchildren(LEVEL)}


def _levels(num: Element, abstract: dict[int, Element]) -> tuple[ListLevel | None, ...]:
    """Give the nine levels of a list: those of its abstract list, as far as the list itself does not override them."""
    overrides = {whole(o.get(LEVEL_NO), 0): o for o in num.iterchildren(w("lvlOverride"))}
    levels: list[ListLevel | None] = []
    for number in range(LEVELS):
        override = overrides.get(number)
        own = None if override is None else override.find(LEVEL)
        start = None if override is None else override.find(w("startOverride"))
        found = own if own is not None else abstract.get(number)
        start_override = None if start is None else whole(start.get(VAL), 1)
        levels.append(None if found is None else _read_level(found, start_override))
    return tuple(levels)


def _read_level(level: Element, start_override: int | None) -> ListLevel:
    restart = level.find(w("lvlRestart"))
    return ListLevel(
        start=whole(_value(level, "start", "0"), 0),
        number_format=_number_format(level),
        text=_value(level, "lvlText", ""),
        suffix=_value(level, "suff", "tab"),
        is_legal=bool(switch(level, w("isLgl"))),
        restart=None if restart is None else whole(restart.get(VAL), 0),
        start_override=start_override,
    )


def _number_format(level: Element) -> str:
    """Give the number format; Word wraps newer ones in alternate content whose fallback is a plain one."""
    found = next(level.iter(w("numFmt")), None)
    return "decimal" if found is None else found.get(VAL, "decimal")


def _value(element: Element, name: str, default: str) -> str:
    found = element.find(w(name))
    return default if found is None else found.get(VAL, default)
