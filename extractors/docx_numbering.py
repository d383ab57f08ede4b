"""Automatic numbers of Word paragraphs: the visible "1." or "（一）" is not in the text and is worked out here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from docx.oxml.exceptions import InvalidXmlError
from docx.oxml.numbering import CT_Num
from docx.oxml.parser import parse_xml as parse_word_xml
from lxml import etree

from extractors.docx_names import P_PR, VAL, w
from extractors.docx_number_formats import format_number
from extractors.docx_package import Element
from extractors.docx_styles import Styles, number_of, switch, whole
from extractors.docx_symbols import symbol_text
from extractors.rejection import Reason, RejectedFile

LEVELS = 9
NO_NUMBER = "0"
SUFFIXES = {"tab": " ", "space": " ", "nothing": ""}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number looks.

    ``restart`` is the level (1-based) whose advance restarts it, 0 none, None any higher one.
    """

    start: int
    number_format: str
    text: str
    suffix: str
    is_legal: bool
    restart: int | None


@dataclass
class Counter:
    """Running numbers of one abstract list; ``given`` are the start overrides that were already applied, by list."""

    values: list[int | None] = field(default_factory=lambda: [None] * LEVELS)
    given: set[tuple[str, int]] = field(default_factory=set)


class Numbering:
    """The lists of one document and their running numbers; ask once for each paragraph, in document order."""

    def __init__(self, blob: bytes, styles: Styles) -> None:
        """Read a numbering part; RejectedFile where it is broken."""
        try:
            root = parse_word_xml(blob)
            if root.tag != w("numbering"):
                raise ValueError(root.tag)
            nums = {str(num.numId): num for num in cast(Iterable[CT_Num], root.iterchildren(w("num")))}
            self._abstract_of = {num_id: str(num.abstractNumId.val) for num_id, num in nums.items()}
        except (etree.XMLSyntaxError, InvalidXmlError, ValueError) as error:
            raise RejectedFile(Reason.DAMAGED, "编号部件（numbering.xml）不完整或有错误") from error
        self._styles = styles
        self._abstract = {a.get(w("abstractNumId"), ""): a for a in root.iterchildren(w("abstractNum"))}
        self._overrides = {num_id: _overrides(num) for num_id, num in nums.items()}
        self._level_cache: dict[tuple[str, int], Level | None] = {}
        self._style_levels = self._levels_of_styles()
        self._counters: dict[str, Counter] = {}

    def label(self, p_pr: Element | None, style_id: str | None) -> str | None:
        """Give the number in front of a paragraph with its suffix ("1. "), or None; counts the paragraph."""
        num_id, level = number_of(p_pr)
        style = self._styles.by_id.get(style_id or self._styles.default_paragraph or "")
        if num_id is None and style is not None:
            num_id = style.num_id
            if level is None:
                level = self._style_levels.get((num_id or "", style_id or ""), style.level)
        if num_id is None or num_id == NO_NUMBER or num_id not in self._abstract_of:
            return None
        return self._advance(num_id, min(max(level or 0, 0), LEVELS - 1))

    def _advance(self, num_id: str, at: int) -> str | None:
        level = self._level(num_id, at)
        if level is None:
            return None
        counter = self._counters.setdefault(self._abstract_of[num_id], Counter())
        override = self._overrides[num_id].get(at, (None, None))[0]
        if override is not None and (num_id, at) not in counter.given:
            counter.given.add((num_id, at))
            counter.values[at] = override
        else:
            before = counter.values[at]
            counter.values[at] = level.start if before is None else before + 1
        for lower in range(at + 1, LEVELS):
            below = self._level(num_id, lower)
            if below is None or below.restart is None or (below.restart != 0 and at < below.restart):
                counter.values[lower] = None
        return self._text(num_id, level, counter)

    def _text(self, num_id: str, level: Level, counter: Counter) -> str:
        if level.number_format == "bullet":
            return f"{symbol_text(level.text)} " if level.text.strip() else ""
        text = level.text
        for at in range(LEVELS):
            mark = f"%{at + 1}"
            if mark not in text:
                continue
            shown = self._level(num_id, at)
            value = counter.values[at]
            if value is None:
                value = shown.start if shown is not None else 1
                counter.values[at] = value
            kind = "decimal" if level.is_legal or shown is None else shown.number_format
            text = text.replace(mark, format_number(value, kind))
        return text + SUFFIXES.get(level.suffix, " ") if text else ""

    def _level(self, num_id: str, at: int) -> Level | None:
        key = (num_id, at)
        if key not in self._level_cache:
            override = self._overrides[num_id].get(at, (None, None))[1]
            found = override if override is not None else self._abstract_level(self._abstract_of[num_id], at)
            self._level_cache[key] = None if found is None else _read_level(found)
        return self._level_cache[key]

    def _abstract_level(self, abstract_id: str, at: int) -> Element | None:
        abstract = self._abstract.get(abstract_id)
        if abstract is None:
            return None
        for level in abstract.iterchildren(w("lvl")):
            if whole(level.get(w("ilvl")), 0) == at:
                return level
        return self._linked_level(abstract, at)

    def _linked_level(self, abstract: Element, at: int) -> Element | None:
        """Follow w:numStyleLink: the list's levels stand in the abstract list that names the same style."""
        link = abstract.find(w("numStyleLink"))
        if link is None:
            return None
        for other in self._abstract.values():
            target = other.find(w("styleLink"))
            if target is not None and target.get(VAL) == link.get(VAL):
                return next((lv for lv in other.iterchildren(w("lvl")) if whole(lv.get(w("ilvl")), 0) == at), None)
        return None

    def _levels_of_styles(self) -> dict[tuple[str, str], int]:
        """Give the level of a style in a list: there it is named by the level (w:pStyle), not by the style."""
        found: dict[tuple[str, str], int] = {}
        for num_id, abstract_id in self._abstract_of.items():
            abstract = self._abstract.get(abstract_id)
            for level in () if abstract is None else abstract.iterchildren(w("lvl")):
                style = level.find(w("pStyle"))
                if style is not None:
                    found[num_id, style.get(VAL, "")] = whole(level.get(w("ilvl")), 0)
        return found


def _overrides(num: Element) -> dict[int, tuple[int | None, Element | None]]:
    found: dict[int, tuple[int | None, Element | None]] = {}
    for override in num.iterchildren(w("lvlOverride")):
        start = override.find(w("startOverride"))
        value = None if start is None else whole(start.get(VAL), 1)
        found[whole(override.get(w("ilvl")), 0)] = value, override.find(w("lvl"))
    return found


def _read_level(level: Element) -> Level:
    def value(name: str, default: str) -> str:
        found = level.find(w(name))
        return default if found is None else found.get(VAL, default)

    restart = level.find(w("lvlRestart"))
    return Level(
        start=whole(value("start", "0"), 0),
        number_format=value("numFmt", "decimal"),
        text=value("lvlText", ""),
        suffix=value("suff", "tab"),
        is_legal=bool(switch(level, w("isLgl"))),
        restart=None if restart is None else whole(restart.get(VAL), 0),
    )


__all__ = ["P_PR", "Numbering"]
