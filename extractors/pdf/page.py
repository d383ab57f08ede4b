"""What a page holds before any meaning: words, ruling lines, filled boxes and images, in one upright frame.

Every source of pages (PDFium, pdfplumber, later OCR) fills a ``PageContent``; the table finding reads nothing else.
All lengths are PDF points, measured from the top left corner of the page as a person sees it (``/Rotate`` applied).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from extractors.document import Box

OBLIQUE = -1
"""The angle of text that runs neither level nor upright: stamps and watermarks."""

ASCENT = 0.88
DESCENT = 0.12
"""The em box of a CJK glyph above and below its baseline; fonts' own metrics differ too much to sort lines by."""

_NEAR = 0.7
"""A character's extent may lie so many ems off its baseline (一 and — do) and still stand on it."""

WORD_GAP = 0.2
"""A gap of so many ems ends a word."""

BAR = 3.2
"""A filled box no thicker than this is drawn as a line (Word and WPS draw every border so)."""


class GlyphStyle(NamedTuple):
    """What the characters of one text run share.

    ``angle`` is clockwise: 0, 90, 180, 270 or OBLIQUE; ``colour`` is red, green, blue and opacity (0–255), None where
    unknown; ``artifact`` tells that the file marks the run as running head, foot or watermark; ``confidence`` (0–1) is
    how surely the characters were recognised in a picture, None where the file itself says what they are.
    """

    size: float
    angle: int = 0
    invisible: bool = False
    colour: tuple[int, int, int, int] | None = None
    artifact: bool = False
    confidence: float | None = None


class Word(NamedTuple):
    """Characters drawn in one run without a gap, with the box around their em boxes; or one single blank.

    ``starts`` are the left edges of the characters, empty where there is one only (all sideways characters are single).
    ``run`` numbers the run that they were drawn in, in the order of drawing.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    style: GlyphStyle
    run: int = 0
    starts: tuple[float, ...] = ()


class Rule(NamedTuple):
    """One straight line, level or upright: ``at`` is its y (level) or x (upright), from ``start`` to ``end``."""

    level: bool
    at: float
    start: float
    end: float
    thickness: float = 0.0


Projection = tuple[float, float, float, float, float, float, float, float, float]
"""a … i: the point (x, y) goes to ((a·x + b·y + c) / w, (d·x + e·y + f) / w), where w = g·x + h·y + i."""


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page's words, rules, filled boxes and images.

    ``turned`` is the angle (clockwise, degrees) by which the page as shown was turned to make its text upright;
    ``display_box`` leads back. ``unmapped`` counts characters that the font gives no Unicode for, ``curves`` drawn
    shapes that are not straight (letters drawn as shapes, among others); ``doubts`` say why not to trust the characters,
    ``lost`` counts the runs of text that the fast reader left out because their font is damaged or missing,
    ``twins`` are the boxes of characters that share their Unicode with another shape of their font.
    ``recognised`` tells that words and rules were found in a picture; ``askew`` then leads from the picture put straight
    back to the page as shown, and ``half`` counts the pages that stand side by side on it from 1 (0: it is one page);
    ``unsure_sides`` are boxes around the middles of those sides of cells of which too little or too much is drawn to tell
    (or around the whole table, where many are),
    ``unread`` are boxes around ink that looks like text and of which nothing was read; ``photographed`` tells that the page
    was put square first.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    fills: tuple[Box, ...] = ()
    images: tuple[Box, ...] = ()
    unmapped: int = 0
    curves: int = 0
    doubts: tuple[str, ...] = ()
    lost: int = 0
    twins: tuple[Box, ...] = ()
    turned: int = 0
    askew: Projection | None = None
    half: int = 0
    recognised: bool = False
    unsure_sides: tuple[Box, ...] = ()
    unread: tuple[Box, ...] = ()
    photographed: bool = False

    def display_box(self, box: Box) -> Box:
        """Give a box of this frame in the frame of the page as shown."""
        if self.turned:
            box = turn_box(box, -self.turned % 360, self.width, self.height)
        return move_box(box, self.askew) if self.askew is not None else box


def move_box(box: Box, matrix: Projection) -> Box:
    """Give the box around a moved box."""
    a, b, c, d, e, f, g, h, i = matrix
    corners = [(x, y, g * x + h * y + i) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [(a * x + b * y + c) / w for x, y, w in corners]
    ys = [(d * x + e * y + f) / w for x, y, w in corners]
    return min(xs), min(ys), max(xs), max(ys)


def turn_box(box: Box, angle: int, width: float, height: float) -> Box:
    """Turn a box with its page of ``width`` × ``height`` clockwise by a multiple of 90 degrees."""
    x0, top, x1, bottom = box
    if angle == 90:
        return height - bottom, x0, height - top, x1
    if angle == 180:
        return width - x1, height - bottom, width - x0, height - top
    if angle == 270:
        return top, width - x1, bottom, width - x0
    return box


def char_box(angle: int, size: float, origin: tuple[float, float], extent: Box) -> Box:
    """Give the em box of a character from its baseline point and the box ``extent`` of its advance.

    Characters far off the baseline of their run (vertical writing) keep their extent.
    """
    x0, top, x1, bottom = extent
    x, y = origin
    if angle in (0, 180) and top - _NEAR * size <= y <= bottom + _NEAR * size:
        above, below = (ASCENT, DESCENT) if angle == 0 else (DESCENT, ASCENT)
        return x0, y - above * size, x1, y + below * size
    if angle in (90, 270) and x0 - _NEAR * size <= x <= x1 + _NEAR * size:
        left, right = (DESCENT, ASCENT) if angle == 90 else (ASCENT, DESCENT)
        return x - left * size, top, x + right * size, bottom
    return extent


def share_box(box: Box, angle: int, part: int, parts: int) -> Box:
    """Give the box of one of several characters that share a glyph (ligatures: —— in many Chinese fonts, fi)."""
    x0, top, x1, bottom = box
    if angle in (180, 270):
        part = parts - 1 - part
    if angle in (90, 270):
        step = (bottom - top) / parts
        return x0, top + part * step, x1, top + (part + 1) * step
    step = (x1 - x0) / parts
    return x0 + part * step, top, x0 + (part + 1) * step, bottom


def middles(word: Word) -> list[float]:
    """Give the x of the middle of each character of a word."""
    if not word.starts:
        return [(word.x0 + word.x1) / 2]
    return [(left + right) / 2 for left, right in zip(word.starts, (*word.starts[1:], word.x1), strict=True)]


def cut_word(word: Word, first: int, end: int) -> Word:
    """Give the part of a word from character ``first`` up to ``end``."""
    if first == 0 and end == len(word.text):
        return word
    starts = word.starts[first:end]
    x1 = word.starts[end] if end < len(word.text) else word.x1
    return word._replace(text=word.text[first:end], x0=starts[0], x1=x1, starts=starts if len(starts) > 1 else ())


def make_upright(page: PageContent) -> PageContent:
    """Turn a page whose text mostly runs sideways or upside down, so that it can be read level."""
    if not any(word.style.angle for word in page.words):
        return page
    angles: Counter[int] = Counter()
    for word in page.words:
        if word.style.angle != OBLIQUE and not word.text.isspace():
            angles[word.style.angle] += len(word.text)
    if not angles:
        return page
    angle, count = angles.most_common(1)[0]
    return turn_page(page, -angle % 360) if angle and count > sum(angles.values()) * 0.6 else page


def turn_words(words: Sequence[Word], angle: int, width: float, height: float) -> list[Word]:
    """Turn words, as single characters, clockwise with their page of ``width`` × ``height``; styles stay as they are."""
    return [
        Word(
            single.text,
            *turn_box((single.x0, single.top, single.x1, single.bottom), angle, width, height),
            *single[5:7],
        )
        for word in words
        for single in (cut_word(word, k, k + 1) for k in range(len(word.text)))
    ]


def turn_page(page: PageContent, angle: int) -> PageContent:
    """Turn everything on a page clockwise by a multiple of 90 degrees."""
    width, height = page.width, page.height
    words = []
    for word in turn_words(page.words, angle, width, height):
        own = word.style.angle
        turned = own if own == OBLIQUE else (own + angle) % 360
        words.append(word._replace(style=word.style._replace(angle=turned)))
    return replace(
        page,
        width=width if angle == 180 else height,
        height=height if angle == 180 else width,
        words=tuple(words),
        rules=tuple(_turn_rule(rule, angle, width, height) for rule in page.rules),
        fills=tuple(turn_box(box, angle, width, height) for box in page.fills),
        images=tuple(turn_box(box, angle, width, height) for box in page.images),
        twins=tuple(turn_box(box, angle, width, height) for box in page.twins),
        turned=(page.turned + angle) % 360,
    )


def _turn_rule(rule: Rule, angle: int, width: float, height: float) -> Rule:
    box = (rule.start, rule.at, rule.end, rule.at) if rule.level else (rule.at, rule.start, rule.at, rule.end)
    x0, top, x1, bottom = turn_box(box, angle, width, height)
    if rule.level == (angle in (0, 180)):
        return Rule(True, top, x0, x1, rule.thickness)
    return Rule(False, x0, top, bottom, rule.thickness)


def box_rules(box: Box) -> list[Rule]:
    """Give the line that a thin filled box draws: a rule, or two crossing ones for a dot (corner, dotted line)."""
    x0, top, x1, bottom = box
    width, height = x1 - x0, bottom - top
    rules = []
    if height <= BAR and width > min(height, BAR / 2):
        rules.append(Rule(True, (top + bottom) / 2, x0, x1, height))
    if width <= BAR and height > min(width, BAR / 2):
        rules.append(Rule(False, (x0 + x1) / 2, top, bottom, width))
    if not rules and width <= BAR and height <= BAR:
        rules = [Rule(True, (top + bottom) / 2, x0, x1, height), Rule(False, (x0 + x1) / 2, top, bottom, width)]
    return rules


def segment_rule(x0: float, y0: float, x1: float, y1: float, thickness: float) -> Rule | None:
    """Give the rule of a stroked segment, or None where it is neither level nor upright (or has no length)."""
    width, height = abs(x1 - x0), abs(y1 - y0)
    if height <= 0.5 + width * 0.002 and width > height:
        return Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1), thickness)
    if width <= 0.5 + height * 0.002 and height > width:
        return Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1), thickness)
    return None


def rectangle(corners: Sequence[tuple[float, float]]) -> Box | None:
    """Give the box of a filled path with level and upright sides, or so thin that it is a line; else None."""
    if not 2 <= len(corners) <= 6:
        return None
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    x0, x1, top, bottom = min(xs), max(xs), min(ys), max(ys)
    if min(x1 - x0, bottom - top) <= BAR:
        return x0, top, x1, bottom
    if any(min(x - x0, x1 - x) > 0.6 or min(y - top, bottom - y) > 0.6 for x, y in corners):
        return None
    if len({(x - x0 < x1 - x, y - top < bottom - y) for x, y in corners}) < 4:
        return None
    return x0, top, x1, bottom
