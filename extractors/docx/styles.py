"""Which styles of a Word document hide or strike their text, and which number their paragraphs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from docx.oxml.exceptions import InvalidXmlError
from docx.oxml.parser import parse_xml as parse_word_xml
from docx.oxml.styles import CT_Style
from lxml import etree

from extractors.docx.package import Element, transitional
from extractors.docx.xml_names import FALSE_VALUES, P_PR, R_PR, VAL, w
from extractors.formats.zip_archive import PackedMember
from extractors.rejection import Reason, RejectedFile

VANISH, STRIKE, STRIKE_TWICE = w("vanish"), w("strike"), w("dstrike")
P_STYLE, R_STYLE = w("pStyle"), w("rStyle")
NUM_PR, NUM_ID, LEVEL = w("numPr"), w("numId"), w("ilvl")
LONGEST_CHAIN = 50
MARKS = (b"vanish", b"trike", b"numPr")
"""Only a styles part with one of these changes what is read."""


@dataclass(frozen=True, slots=True)
class Style:
    """One style after its basedOn chain: None where neither it nor its ancestors say anything."""

    hidden: bool | None = None
    struck: bool | None = None
    num_id: str | None = None
    level: int | None = None


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Styles:
    """A document's styles by id; ``default_paragraph`` is the style of paragraphs that name none.

    ``hides``, ``strikes`` and ``numbers`` say whether any style does so with its text.
    """

    by_id: dict[str, Style] = field(default_factory=dict)
    default_paragraph: str | None = None
    hides: bool = False
    strikes: bool = False
    numbers: bool = False

    @property
    def matters_for_paragraphs(self) -> bool:
        """Tell whether a paragraph's style can change its text."""
        return self.hides or self.strikes or self.numbers

    @property
    def default_matters(self) -> bool:
        """Tell whether paragraphs that name no style have theirs changed by it all the same."""
        style = self.by_id.get(self.default_paragraph or "", PLAIN)
        return bool(style.hidden or style.struck or style.num_id)


NO_STYLES = Styles()


@lru_cache(maxsize=64)
def read_styles(part: PackedMember) -> Styles:
    """Read a styles part with python-docx's style classes; filings made from one template share the result."""
    blob = transitional(part.unpack())
    if not any(mark in blob for mark in MARKS):
        return NO_STYLES
    try:
        root = parse_word_xml(blob)
        if root.tag != w("styles"):
            raise ValueError(root.tag)
        raw = {s.styleId: s for s in cast(Iterable[CT_Style], root.iterchildren(w("style"))) if s.styleId}
        based_on = {style_id: s.basedOn_val for style_id, s in raw.items()}
    except (etree.XMLSyntaxError, InvalidXmlError, ValueError) as error:
        raise RejectedFile(Reason.DAMAGED, "样式部件（styles.xml）不完整或有错误") from error
    own = {style_id: _own_style(s) for style_id, s in raw.items()}
    defaults = [s.styleId for s in raw.values() if s.get(w("type")) == "paragraph" and is_on(s, w("default"))]
    resolved = {style_id: _resolve(style_id, own, based_on) for style_id in own}
    return Styles(
        resolved,
        defaults[0] if defaults else None,
        hides=any(style.hidden for style in resolved.values()),
        strikes=any(style.struck for style in resolved.values()),
        numbers=any(style.num_id for style in resolved.values()),
    )


def is_on(element: Element, attribute: str) -> bool:
    """Tell whether a boolean attribute is present and not false."""
    value = element.get(attribute)
    return value is not None and value not in FALSE_VALUES


def switch(properties: Element | None, name: str) -> bool | None:
    """Read an on/off property such as w:vanish: None where it is not given."""
    found = None if properties is None else properties.find(name)
    return None if found is None else found.get(VAL) not in FALSE_VALUES


def struck(properties: Element | None) -> bool | None:
    """Read whether text is struck through, once or twice."""
    single, double = switch(properties, STRIKE), switch(properties, STRIKE_TWICE)
    return None if single is None and double is None else bool(single or double)


def number_of(p_pr: Element | None) -> tuple[str | None, int | None]:
    """Read w:numPr: the numbering id and level, None where not given."""
    num_pr = None if p_pr is None else p_pr.find(NUM_PR)
    if num_pr is None:
        return None, None
    num_id, level = num_pr.find(NUM_ID), num_pr.find(LEVEL)
    return (None if num_id is None else num_id.get(VAL)), (None if level is None else whole(level.get(VAL), 0))


def whole(text: str | None, default: int) -> int:
    """Read a small whole number of an attribute; anything else is the default, as Word itself does."""
    if text is None:
        return default
    try:
        return int(text)
    except ValueError:
        return default


def _own_style(style: Element) -> Style:
    r_pr, p_pr = style.find(R_PR), style.find(P_PR)
    num_id, level = number_of(p_pr)
    return Style(switch(r_pr, VANISH), struck(r_pr), num_id, level)


def _resolve(style_id: str, own: dict[str, Style], based_on: dict[str, str | None]) -> Style:
    """Follow basedOn upwards; the nearest style that says something wins, and a loop ends by itself."""
    result, seen, at = PLAIN, 0, style_id
    while at in own and seen < LONGEST_CHAIN:
        style = own[at]
        result = Style(
            style.hidden if result.hidden is None else result.hidden,
            style.struck if result.struck is None else result.struck,
            style.num_id if result.num_id is None else result.num_id,
            style.level if result.level is None else result.level,
        )
        at = based_on.get(at) or ""
        seen += 1
    return result
