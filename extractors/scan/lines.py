"""Which stretches of a page are read as one line: found boxes, cut at cells' rules and fitted to their ink."""

from collections.abc import Sequence
from statistics import median
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pdf.tables.lattice import Lattice
from extractors.scan.models import Grey, TextBox
from extractors.scan.picture import POINT
from extractors.scan.strip import JOINS, PixelBox, Strip, fit, part_lines

_IN_CELL = 0.5
"""A box belongs to the cells that hold at least this share of its height …"""
_REACHES = 0.4
"""… and reach at least so many of its heights along it."""
_SAME_LINE = 0.55
"""Boxes of one cell that share this much of the lower one's height stand in one line."""
_SPECK = 0.9 * POINT
"""Ink smaller than this both ways (pixels) is a speck, or the dot of a letter that was read with it."""
_LEAST, _MOST = 4 * POINT, 40 * POINT
"""Ink that no box covers is a letter if it is at least and at most so high or wide (pixels)."""
MARGIN = 0.16
"""White around a line, in its heights: what the recognition model is used to."""
_STANDING, _TALL = 1.6, 1.45
"""A box higher than this times its width, and than that times the usual line, holds text that runs down or up."""


def find_strips(dark: NDArray[Any], boxes: Sequence[TextBox], lattices: Sequence[Lattice]) -> list[Strip]:
    """Cut boxes at cells' edges, fit them to their ink (``dark`` without rules), and add ink that no box covers."""
    cells = {
        (n, k): _inner(cell.box, dark.shape)
        for n, lattice in enumerate(lattices)
        for k, cell in enumerate(lattice.cells)
    }
    usual = median([box.bottom - box.top for box in boxes]) if boxes else 0.0
    parts: list[Strip] = []
    for box in boxes:
        parts += [_mark_standing(part, usual) for part in _cut(box, cells)]
    strips = _join(parts)
    strips = [
        fitted
        for strip in strips
        if (fitted := fit(strip, dark, cells[strip.cell] if strip.cell else None)) is not None
    ]
    strips = _without_parts(_join(strips))
    line = median([strip.height for strip in strips]) if strips else 0.0
    strips = [part for strip in strips for part in part_lines(strip, dark, line)]
    return strips + _find_uncovered(dark, strips, cells)


def _without_parts(strips: list[Strip]) -> list[Strip]:
    """Leave out strips of which half or more lies within a standing one of the same cell: its letters come from there."""
    standing = [strip for strip in strips if strip.is_standing]
    if not standing:
        return strips
    return [
        strip
        for strip in strips
        if strip.is_standing
        or not any(
            other.cell == strip.cell
            and 2 * (min(other.bottom, strip.bottom) - max(other.top, strip.top)) >= strip.height
            and min(other.x1, strip.x1) > max(other.x0, strip.x0)
            for other in standing
        )
    ]


def _mark_standing(strip: Strip, usual: float) -> Strip:
    stands = strip.height > _STANDING * (strip.x1 - strip.x0) and strip.height > _TALL * usual
    return strip._replace(is_standing=stands)


def _inner(box: tuple[float, float, float, float], shape: tuple[int, ...]) -> PixelBox:
    x0, top, x1, bottom = (round(value * POINT) for value in box)
    return max(0, x0), max(0, top), min(shape[1], x1), min(shape[0], bottom)


def _cut(box: TextBox, cells: dict[tuple[int, int], PixelBox]) -> list[Strip]:
    """Give the parts of a box that lie in cells; the whole box where it lies in none."""
    height = box.bottom - box.top
    parts = []
    for cell, (x0, top, x1, bottom) in cells.items():
        left, right = max(box.x0, x0), min(box.x1, x1)
        over, under = max(box.top, top), min(box.bottom, bottom)
        needed = min(_REACHES * height, 0.5 * (box.x1 - box.x0))
        if under - over >= _IN_CELL * min(height, bottom - top) and right - left >= needed:
            parts.append(Strip(left, over, right, under, cell))
    return parts or [Strip(box.x0, box.top, box.x1, box.bottom, None)]


def _join(strips: list[Strip]) -> list[Strip]:
    """Join strips of one cell that stand in one line with hardly a gap, or overlap."""
    joined: list[Strip] = []
    for strip in sorted(strips, key=lambda s: s.x0):
        for k, other in enumerate(joined):
            if other.cell == strip.cell and strip.cell is not None and _are_one(other, strip):
                joined[k] = Strip(
                    min(other.x0, strip.x0),
                    min(other.top, strip.top),
                    max(other.x1, strip.x1),
                    max(other.bottom, strip.bottom),
                    strip.cell,
                )
                break
        else:
            joined.append(strip)
    return joined


def _are_one(left: Strip, right: Strip) -> bool:
    shared = min(left.bottom, right.bottom) - max(left.top, right.top)
    lower = min(left.height, right.height)
    return (
        shared >= _SAME_LINE * lower
        and max(left.height, right.height) <= 1.8 * lower
        and right.x0 - left.x1 <= JOINS * lower
        and not left.is_standing
        and not right.is_standing
    )


def find_missed(
    pale: NDArray[Any], strips: Sequence[Strip], lattices: Sequence[Lattice], unread: Sequence[Strip] = ()
) -> list[Strip]:
    """Give what looks like letters in cells, pale ones included, beside the strips that were read."""
    cells = {
        (n, k): _inner(cell.box, pale.shape)
        for n, lattice in enumerate(lattices)
        for k, cell in enumerate(lattice.cells)
    }
    return [*unread, *_find_uncovered(pale, [*strips, *unread], cells)]


def _find_uncovered(dark: NDArray[Any], strips: Sequence[Strip], cells: dict[tuple[int, int], PixelBox]) -> list[Strip]:
    """Give the letters in cells that no strip covers: single signs and digits that the detection model passed over."""
    rest = dark.copy()
    for strip in strips:
        rest[strip.top : strip.bottom, max(0, strip.x0 - 2) : strip.x1 + 2] = 0
    found: list[Strip] = []
    for cell, (x0, top, x1, bottom) in cells.items():
        inner = rest[top + 3 : bottom - 3, x0 + 3 : x1 - 3]
        if inner.size and inner.any():
            found += [Strip(x0 + 3 + a, top + 3 + b, x0 + 3 + c, top + 3 + d, cell) for a, b, c, d in _letters(inner)]
    return _join(found)


def _letters(ink: NDArray[Any]) -> list[PixelBox]:
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, round(3 * POINT)), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = []
    for label in range(1, count):
        x, y, w, h, _ = (int(value) for value in stats[label])
        if min(w, h) >= _SPECK and max(w, h) >= _LEAST and h <= _MOST:
            boxes.append((x, y, x + w, y + h))
    return boxes


def cut_out(grey: Grey, strip: Strip, usual: float = 0.0) -> Grey:
    """Give the picture of one line with white around it; lines of low letters only are as high as the ``usual`` one."""
    height = max(float(strip.height), 0.9 * usual)
    pad = max(2, round(MARGIN * height))
    more = max(2, round((height * (1 + 2 * MARGIN) - strip.height) / 2))
    piece = grey[strip.top : strip.bottom, strip.x0 : strip.x1]
    return np.asarray(cv2.copyMakeBorder(piece, more, more, pad, pad, cv2.BORDER_CONSTANT, value=(250,)))
