"""The reference reader: the same page content from pdfplumber, for pages that the fast reader cannot vouch for."""

import logging
import math
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.utils import decode_text
from pdfplumber.pdf import PDF

from extractors.document import Box
from extractors.pdf.page import (
    OBLIQUE,
    GlyphStyle,
    PageContent,
    Rule,
    Word,
    box_rules,
    char_box,
    rectangle,
    segment_rule,
    share_box,
)
from extractors.pdf.radicals import without_radicals
from extractors.pdf.tables.lines import is_wide

_CID = "(cid:"

_TYPED_SIZE = 10.5
"""The size (points) that text typed on top of a page is taken to have; its own is in a stream of operators."""


def open_plumber(path: Path) -> PDF:
    """Open a document with pdfplumber; raises pdfminer's own errors where it cannot.

    pdfminer's warnings about broken fonts and streams say nothing that a clerk could act on.
    """
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    return pdfplumber.open(path)


def read_plumber_page(document: PDF, index: int) -> PageContent:
    """Read one page (0-based ``index``) and free what pdfplumber keeps of it."""
    page = document.pages[index]
    try:
        x, y = page.bbox[0], page.bbox[1]
        deduped = page.dedupe_chars(tolerance=0.5, extra_attrs=())
        words, unmapped = _read_words(deduped.chars, x, y, float(page.height))
        words += [word for note in page.annots for word in _read_typed(note, x, y, len(words))]
        rules: list[Rule] = []
        fills: list[Box] = []
        for shape in page.lines + page.rects + page.curves:
            _read_shape(shape, x, y, rules, fills)
        return PageContent(
            number=index + 1,
            width=float(page.width),
            height=float(page.height),
            words=tuple(words),
            rules=tuple(rules),
            fills=tuple(fills),
            images=tuple((i["x0"] - x, i["top"] - y, i["x1"] - x, i["bottom"] - y) for i in page.images),
            unmapped=unmapped,
            curves=len(page.curves),
        )
    finally:
        page.close()


def _read_words(found: Iterable[dict[str, Any]], x: float, y: float, height: float) -> tuple[list[Word], int]:
    """Give each character as a word of its own (pdfplumber does not tell the runs), and how many have no Unicode."""
    words: list[Word] = []
    unmapped = 0
    styles: dict[tuple[Any, ...], GlyphStyle] = {}
    for run, item in enumerate(found):
        a, b, _, _, e, f = item["matrix"]
        angle = _angle(a, b)
        em = item["width"] if angle in (90, 270) else item["size"]
        tag, colour = item.get("tag"), item.get("non_stroking_color")
        key = (em, angle, tag, str(colour))
        if key not in styles:
            styles[key] = GlyphStyle(float(em), angle, False, _colour(colour), tag == "Artifact")
        style = styles[key]
        text = without_radicals(item["text"])
        if text.startswith(_CID) or "\ufffd" in text:
            unmapped += 1
            text = "\ufffd"
        extent = (item["x0"] - x, item["top"] - y, item["x1"] - x, item["bottom"] - y)
        box = char_box(angle, style.size, (e - x, height - f - y), extent)
        for k, letter in enumerate(text):
            words.append(Word(letter, *share_box(box, angle, k, len(text)), style, run))
    return words, unmapped


def _read_typed(note: dict[str, Any], x: float, y: float, run: int) -> Iterator[Word]:
    """Yield what is typed on top of a page: free text and filled form fields, line by line from the box's top."""
    data = note.get("data") or {}
    kind = str(data.get("Subtype")).strip("/'")
    text = note.get("contents") if kind == "FreeText" else None
    if kind == "Widget" and isinstance(data.get("V"), bytes):
        text = decode_text(data["V"])
    lines = (text or "").replace("\r", "\n").strip("\n").split("\n")
    size = min(_TYPED_SIZE, (note["bottom"] - note["top"]) / len(lines))
    for k, line in enumerate(lines):
        left, top = note["x0"] - x, note["top"] - y + k * size
        for letter in line:
            width = size if is_wide(letter) else size / 2
            yield Word(letter, left, top, left + width, top + size, GlyphStyle(size), run + k)
            left += width


def _angle(dx: float, dy: float) -> int:
    length = math.hypot(dx, dy)
    if not length:
        return OBLIQUE
    if abs(dy) <= 0.035 * length:
        return 0 if dx > 0 else 180
    if abs(dx) <= 0.035 * length:
        return 270 if dy > 0 else 90
    return OBLIQUE


def _colour(value: Any) -> tuple[int, int, int, int] | None:
    """Give a fill colour as red, green, blue and opacity (0–255); None for patterns and unknown spaces."""
    if isinstance(value, int | float):
        value = (value,)
    if not isinstance(value, tuple | list) or not all(isinstance(part, int | float) for part in value):
        return None
    if len(value) == 1:
        grey = round(value[0] * 255)
        return grey, grey, grey, 255
    if len(value) == 3:
        return round(value[0] * 255), round(value[1] * 255), round(value[2] * 255), 255
    if len(value) == 4:
        c, m, y, k = value
        red, green, blue = (round(255 * (1 - ink) * (1 - k)) for ink in (c, m, y))
        return red, green, blue, 255
    return None


def _read_shape(shape: dict[str, Any], x: float, y: float, rules: list[Rule], fills: list[Box]) -> None:
    """Turn one drawn shape into rules, or into a filled box."""
    points = [(px - x, py - y) for px, py in shape.get("pts") or ()]
    if shape["object_type"] == "rect":
        points = points[:4] + points[:1]
    if shape.get("stroke"):
        for start, end in pairwise(points):
            rule = segment_rule(*start, *end, float(shape.get("linewidth") or 0))
            if rule is not None:
                rules.append(rule)
    box = rectangle(shape.get("pts") or ()) if shape.get("fill") else None
    if box is not None:
        box = (box[0] - x, box[1] - y, box[2] - x, box[3] - y)
        thin = box_rules(box)
        if thin:
            rules.extend(thin)
        else:
            fills.append(box)
