"""A picture of a page → what stands on it: words and rules in one straight, upright frame."""

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from extractors.document import Box
from extractors.pdf.page import PageContent, Rule, Word
from extractors.scan.camera import square_up
from extractors.scan.frame import chain, shifted, turned_back
from extractors.scan.ink import find_dark, find_pale, read_ink
from extractors.scan.lines import cut_out, find_missed, find_strips
from extractors.scan.models import Grey, Models, Reading, TextBox, load_models
from extractors.scan.parts import Part, find_part, split_part
from extractors.scan.picture import POINT, Picture, turn_quarters
from extractors.scan.reading import ReadStrips, read_strips
from extractors.scan.rules import find_rules
from extractors.scan.sides import Settled, settle_sides
from extractors.scan.skew import find_skew, straighten
from extractors.scan.strip import Strip
from extractors.scan.words import build_words

_DETECTION = 0.55
"""Text is found on a picture shrunk to this (110 dpi): nine-point letters are 14 pixels high there."""
_SAMPLE = 6
"""So many long lines are read to tell which way up a page lies whose text seems to run down, or up."""
_UPRIGHT = 0.8
"""The usual confidence of a page's lines is at least this where it lies the right way up."""


def read_picture(picture: Picture, number: int) -> tuple[PageContent, ...]:
    """Read one page's picture; two pages side by side on it give two contents.

    Raises ImportError where the recognition packages are not installed.
    """
    models = load_models()
    square = square_up(picture)
    page = read_ink(square.pixels)
    grey, straightened = straighten(page.grey, find_skew(find_dark(page.grey)))
    stamps = _Stamps(straightened.apply(page.stamped_grey, 255), straightened.apply(page.stamped, 0))
    part = find_part(grey)
    if part is None:
        return (PageContent(number, picture.width, picture.height, (), (), recognised=True),)
    boxes = _find_text(models, grey, part)
    read = _read_parts(models, grey, stamps, part, boxes) if _lies(boxes) else _NOTHING
    if read.sure < _UPRIGHT:
        angle = _find_angle(models, grey, boxes)
        if angle:
            grey = np.ascontiguousarray(turn_quarters(grey, angle))
            part = find_part(grey) or part
            stamps = _Stamps(*(np.ascontiguousarray(turn_quarters(pixels, angle)) for pixels in stamps))
            turned = _read_parts(models, grey, stamps, part, _find_text(models, grey, part))
            read = max(read, turned._replace(angle=angle), key=lambda one: one.sure)
    sideways = read.angle in (90, 270)
    width, height = (picture.height, picture.width) if sideways else (picture.width, picture.height)
    way_back = chain(turned_back(read.angle, width, height), straightened.way_back())
    if square.way_back is not None:
        way_back = chain(way_back, square.way_back)
    ends = [*(half.left for half in read.halves[1:]), width]
    return tuple(
        PageContent(
            number=number,
            width=end - half.left,
            height=height,
            words=tuple(half.words),
            rules=tuple(half.rules),
            unsure_sides=tuple(half.unsure),
            unread=tuple(half.unread),
            askew=chain(shifted(half.left), way_back),
            half=k if len(read.halves) > 1 else 0,
            recognised=True,
            photographed=square.way_back is not None,
        )
        for k, (half, end) in enumerate(zip(read.halves, ends, strict=True), start=1)
    )


class _Stamps(NamedTuple):
    """The page with its seals left in, and where their ink stands; see ``InkPage``."""

    grey: Grey
    ink: Grey


class _Half(NamedTuple):
    """What stands on a page, or on one of two side by side: in points from ``left``, its own left edge on the picture."""

    words: list[Word]
    rules: list[Rule]
    unsure: list[Box]
    unread: list[Box]
    left: float


class _Content(NamedTuple):
    """A part's words, its rules and tables, what was read of its strips, and where ink looks like letters not read."""

    words: list[Word]
    settled: Settled
    read: ReadStrips
    missed: list[Strip]


class _Read(NamedTuple):
    """What was read of a picture, and how surely on average."""

    halves: list[_Half]
    sure: float
    angle: int = 0


_NOTHING = _Read([], -1.0)


def _find_text(models: Models, grey: Grey, part: Part) -> list[TextBox]:
    """Find lines of text in a part of a page; boxes are in the page's own pixels."""
    piece = grey[part.top : part.bottom, part.x0 : part.x1]
    small = cv2.resize(piece, None, fx=_DETECTION, fy=_DETECTION, interpolation=cv2.INTER_AREA)
    found = (box.scaled(1 / _DETECTION) for box in models.find_text(small))
    return [
        TextBox(box.x0 + part.x0, box.top + part.top, box.x1 + part.x0, box.bottom + part.top, box.score)
        for box in found
    ]


def _lies(boxes: Sequence[TextBox]) -> bool:
    """Tell whether most text runs level: lines that run up or down are higher than wide."""
    areas = [(box.x1 - box.x0) * (box.bottom - box.top) for box in boxes]
    level = [area for box, area in zip(boxes, areas, strict=True) if box.x1 - box.x0 > box.bottom - box.top]
    return 2 * sum(level) >= sum(areas)


def _find_angle(models: Models, grey: Grey, boxes: Sequence[TextBox]) -> int:
    """Find by how much a page must be turned clockwise for its text to stand upright (0, 90, 180, 270).

    Which of two ways is up shows in how surely its longest lines are read.
    """
    lies = _lies(boxes)
    alike = [box for box in boxes if (box.x1 - box.x0 > box.bottom - box.top) == lies]
    chosen = sorted(alike, key=lambda box: (box.x1 - box.x0) + (box.bottom - box.top))[-_SAMPLE:]
    if not chosen:
        return 0
    pieces = [cut_out(grey, Strip(*box[:4], None)) for box in chosen]

    def sure_at(angle: int) -> float:
        return _usual_sure(models.read_lines([np.ascontiguousarray(turn_quarters(one, angle)) for one in pieces]))

    return max((0, 180) if lies else (90, 270), key=sure_at)


def _usual_sure(readings: Sequence[Reading]) -> float:
    """Give how sure letters are on average; 0 where nothing was read."""
    letters = [letter.sure for reading in readings for letter in reading]
    return float(np.mean(letters)) if letters else 0.0


def _read_parts(models: Models, grey: Grey, stamps: _Stamps, part: Part, boxes: Sequence[TextBox]) -> _Read:
    """Read an upright picture: one page, or each of two that lie side by side."""
    halves, letters = [], []
    for left, half in split_part(grey, part, boxes):
        content = _read_part(models, grey, stamps, half, boxes)
        x = (half.x0 - left) / POINT
        y = half.top / POINT
        halves.append(
            _Half(
                [_shift_word(word, x, y) for word in content.words],
                [_shift_rule(rule, x, y) for rule in content.settled.rules],
                [_shift_box(box, x, y) for box in content.settled.unsure],
                [_shift_box(strip.box(), x, y) for strip in content.missed],
                left / POINT,
            )
        )
        letters += [letter.sure for reading in content.read.readings for letter in reading]
    return _Read(halves, float(np.mean(letters)) if letters else 0.0)


def _read_part(models: Models, whole: Grey, stamps: _Stamps, part: Part, boxes: Sequence[TextBox]) -> "_Content":
    """Read a part of an upright page."""
    grey = whole[part.top : part.bottom, part.x0 : part.x1]
    inside = [
        TextBox(box.x0 - part.x0, box.top - part.top, box.x1 - part.x0, box.bottom - part.top, box.score)
        for box in boxes
        if part.x0 <= (box.x0 + box.x1) / 2 < part.x1
    ]
    dark = find_dark(grey)
    stamped_grey, stamped = (pixels[part.top : part.bottom, part.x0 : part.x1] for pixels in stamps)
    stamped_dark, near_stamp = find_dark(stamped_grey), cv2.dilate(stamped, np.ones((5, 5), np.uint8)).astype(bool)
    found = find_rules(stamped_dark, np.where(near_stamp, stamped_dark, find_pale(stamped_grey)), inside)
    settled = settle_sides(found)
    around = cv2.dilate(found.pixels, np.ones((3, 3), np.uint8)).astype(bool)
    plain = np.where(around, np.uint8(250), grey)
    dark[around] = 0
    strips = find_strips(dark, inside, settled.lattices)
    read = read_strips(models, plain, dark, strips)
    words = build_words(dark, stamped, read.strips, read.readings)
    pale = np.where(near_stamp, dark, find_pale(grey))
    pale[around] = 0
    missed = find_missed(pale, read.strips, settled.lattices, read.unread)
    return _Content(words, settled, read, missed)


def _shift_word(word: Word, x: float, y: float) -> Word:
    starts = tuple(start + x for start in word.starts)
    return word._replace(x0=word.x0 + x, top=word.top + y, x1=word.x1 + x, bottom=word.bottom + y, starts=starts)


def _shift_box(box: Box, x: float, y: float) -> Box:
    return box[0] + x, box[1] + y, box[2] + x, box[3] + y


def _shift_rule(rule: Rule, x: float, y: float) -> Rule:
    along, across = (x, y) if rule.level else (y, x)
    return rule._replace(at=rule.at + across, start=rule.start + along, end=rule.end + along)
