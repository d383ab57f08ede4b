"""One OFD page's objects → a ``PageContent``: words with their places, rules and filled boxes of paths, pictures.

Lengths are millimetres from the page's top left corner; an object's own matrix and then its boundary's corner lead from
its coordinates to the page's (GB/T 33190, 8.5 and 11).
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from extractors.document import Box
from extractors.ofd.package import Element, find_all, local_name, numbers
from extractors.pdf.page import (
    ASCENT,
    DESCENT,
    OBLIQUE,
    GlyphStyle,
    PageContent,
    Rule,
    Word,
    box_rules,
    rectangle,
    segment_rule,
)
from extractors.pdf.tables.lines import is_wide

POINTS = 72 / 25.4
_LINE_WIDTH = 0.353
"""The width (mm) of a line that states none (GB/T 33190, 8.2)."""

_NARROW = 0.5
"""How wide (ems) a Latin character is taken to be where no step to the next one is given."""

_LEVEL = 0.035
_DEEPEST = 12
_PATH = re.compile(r"([A-Za-z])|(-?\d*\.?\d+(?:[eE][+-]?\d+)?)")
_STEPS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


class _Lettering(NamedTuple):
    """How the letters of a text object stand: their size, how wide they are drawn, and the frame they are drawn in."""

    size: float
    scale: float
    frame: Matrix


@dataclass
class PageReader:
    """Collects what stands on one page, in the order of drawing."""

    width: float
    height: float
    left: float = 0.0
    top: float = 0.0
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    curves: int = 0
    runs: int = 0

    def read(self, page: Element, depth: int = 0) -> None:
        """Read a page's (or template's, or block's) layers."""
        if depth > _DEEPEST:
            return
        for item in page:
            kind = local_name(item)
            if kind in ("Content", "Layer", "PageBlock"):
                self.read(item, depth + 1)
            elif item.get("Visible") == "false":
                continue
            elif kind == "TextObject":
                self._read_text(item)
            elif kind == "PathObject":
                self._read_path(item)
            elif kind == "ImageObject":
                self.images.append(self._box(item))

    def content(self, number: int) -> PageContent:
        """Give the page."""
        return PageContent(
            number=number,
            width=self.width * POINTS,
            height=self.height * POINTS,
            words=tuple(self.words),
            rules=tuple(self.rules),
            fills=tuple(self.fills),
            images=tuple(self.images),
            curves=self.curves,
        )

    def _frame(self, item: Element) -> Matrix:
        """Give the matrix from an object's coordinates to points on the page."""
        boundary = numbers(item.get("Boundary"))
        x, y = (boundary[0], boundary[1]) if len(boundary) == 4 else (0.0, 0.0)
        ctm = numbers(item.get("CTM"))
        a, b, c, d, e, f = ctm if len(ctm) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        k = POINTS
        return a * k, b * k, c * k, d * k, (e + x - self.left) * k, (f + y - self.top) * k

    def _box(self, item: Element) -> Box:
        boundary = numbers(item.get("Boundary"))
        x, y, width, height = boundary if len(boundary) == 4 else (0.0, 0.0, 0.0, 0.0)
        left, top = (x - self.left) * POINTS, (y - self.top) * POINTS
        return left, top, left + width * POINTS, top + height * POINTS

    def _read_text(self, item: Element) -> None:
        """Read a text object: each of its text codes is a run of characters with the steps between them."""
        frame = self._frame(item)
        size = (numbers(item.get("Size")) or [0.0])[0]
        scale = (numbers(item.get("HScale")) or [1.0])[0]
        if size <= 0:
            return
        x = y = 0.0
        for code in find_all(item, "TextCode"):
            x = (numbers(code.get("X")) or [x])[0]
            y = (numbers(code.get("Y")) or [y])[0]
            text = (code.text or "").strip("\r\n")
            self.runs += 1
            lefts = list(_steps(code.get("DeltaX"), len(text) - 1))
            downs = list(_steps(code.get("DeltaY"), len(text) - 1))
            self._add_run(text, (x, y), (lefts, downs), _Lettering(size, scale, frame))

    def _add_run(
        self, text: str, start: Point, steps: tuple[Sequence[float], Sequence[float]], lettering: _Lettering
    ) -> None:
        """Add a run's letters; ``steps`` are those to the right and downwards from each letter to the next."""
        (lefts, downs), (size, scale, frame) = steps, lettering
        a, b, c, d, _, _ = frame
        em = size * math.hypot(c, d)
        style = GlyphStyle(em, _angle(a, b))
        x, y = start
        for k, letter in enumerate(text):
            advance = (size if is_wide(letter) else size * _NARROW) * scale
            if k < len(lefts) and 0 < lefts[k] <= size * scale:
                advance = lefts[k]
            if not letter.isspace() or letter in " \u3000":
                self.words.append(Word(letter, *_letter_box(frame, x, y, advance, size, style), style, self.runs))
            if lefts or downs:
                x += lefts[k] if k < len(lefts) else (0.0 if downs else advance)
                y += downs[k] if k < len(downs) else 0.0
            else:
                x += advance

    def _read_path(self, item: Element) -> None:
        frame = self._frame(item)
        is_stroked, is_filled = item.get("Stroke", "true") == "true", item.get("Fill", "false") == "true"
        width = (numbers(item.get("LineWidth")) or [_LINE_WIDTH])[0] * POINTS
        data = next((found.text or "" for found in find_all(item, "AbbreviatedData")), "")
        for points, is_straight in _subpaths(data):
            moved = [_move(frame, x, y) for x, y in points]
            if not is_straight:
                self.curves += 1
                continue
            if is_stroked:
                segments = (segment_rule(*start, *end, width) for start, end in pairwise(moved))
                self.rules += [rule for rule in segments if rule is not None]
            box = rectangle(moved) if is_filled else None
            if box is not None:
                thin = box_rules(box)
                self.rules += thin
                if not thin:
                    self.fills.append(box)


def _move(frame: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = frame
    return x * a + y * c + e, x * b + y * d + f


def _angle(dx: float, dy: float) -> int:
    length = math.hypot(dx, dy)
    if abs(dy) <= _LEVEL * length:
        return 0 if dx >= 0 else 180
    if abs(dx) <= _LEVEL * length:
        return 90 if dy > 0 else 270
    return OBLIQUE


def _letter_box(frame: Matrix, x: float, y: float, advance: float, size: float, style: GlyphStyle) -> Box:
    """Give the em box of a character that stands on its baseline point."""
    corners = [
        _move(frame, x + across, y + along) for across in (0.0, advance) for along in (-ASCENT * size, DESCENT * size)
    ]
    xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _steps(text: str | None, count: int) -> Iterator[float]:
    """Yield the steps between characters; ``g 3 4.2`` stands for three times 4.2."""
    words = (text or "").split()
    given, k = 0, 0
    while k < len(words) and given < count:
        if words[k] == "g" and k + 2 < len(words):
            times, step = numbers(words[k + 1]) or [0.0], numbers(words[k + 2]) or [0.0]
            for _ in range(min(int(times[0]), count - given)):
                yield step[0]
                given += 1
            k += 3
            continue
        step = numbers(words[k])
        if not step:
            return
        yield step[0]
        given += 1
        k += 1


def _subpaths(data: str) -> Iterator[tuple[list[Point], bool]]:
    """Yield each subpath's points, and whether it is made of straight lines only."""
    points: list[Point] = []
    is_straight = True
    for step, values in _operators(data):
        if step in "SM":
            if len(points) > 1:
                yield points, is_straight
            points, is_straight = [(values[0], values[1])], True
        elif step == "C":
            if points:
                points.append(points[0])
        else:
            is_straight = is_straight and step == "L"
            points.append((values[-2], values[-1]))
    if len(points) > 1:
        yield points, is_straight


def _operators(data: str) -> Iterator[tuple[str, list[float]]]:
    step, values = "", list[float]()
    for match in _PATH.finditer(data):
        if match[1]:
            step, values = match[1].upper(), []
            if step == "C":
                yield step, []
        else:
            values.append(float(match[2]))
            if step in _STEPS and _STEPS[step] and len(values) == _STEPS[step]:
                yield step, values
                values = []
