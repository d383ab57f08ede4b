"""Which stretches of a page are read as one line: found boxes, cut at cells' rules and fitted to their ink."""

from collections.abc import Sequence
from statistics import median
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.document import Box
from extractors.pdf.tables.lattice import Lattice
from extractors.scan.models import Grey, TextBox
from extractors.scan.picture import POINT

_IN_CELL = 0.5
"""A box belongs to the cells that hold at least this share of its height …"""
_REACHES = 0.4
"""… and reach at least so many of its heights along it."""
_JOINS = 1.3
"""In a cell, ink this many heights away still belongs to the line; further away it is a line of its own."""
_JOINS_OUTSIDE = 0.6
"""The same outside cells, where nothing else bounds a line."""
_SAME_LINE = 0.55
"""Boxes of one cell that share this much of the lower one's height stand in one line."""
_SPECK = 0.9 * POINT
"""Ink smaller than this both ways (pixels) is a speck, or the dot of a letter that was read with it."""
_LEAST, _MOST = 4 * POINT, 40 * POINT
"""Ink that no box covers is a letter if it is at least and at most so high or wide (pixels)."""
MARGIN = 0.16
"""White around a line, in its heights: what the recognition model is used to."""
_OUTER, _VALLEY = 0.36, 0.12
"""Neighbouring lines reach into a box by less than this share of its height; a row of so little ink parts them off."""
_STANDING, _TALL = 1.6, 1.45
"""A box higher than this times its width, and than that times the usual line, holds text that runs down or up."""

PixelBox = tuple[int, int, int, int]


class Strip(NamedTuple):
    """One line of text to be read: its box in pixels, and the cell (lattice, cell number) that it stands in."""

    x0: int
    top: int
    x1: int
    bottom: int
    cell: tuple[int, int] | None
    is_standing: bool = False

    @property
    def height(self) -> int:
        """Give the box's height."""
        return self.bottom - self.top

    def box(self) -> Box:
        """Give the box in points."""
        return self.x0 / POINT, self.top / POINT, self.x1 / POINT, self.bottom / POINT


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
        if (fitted := _fit(strip, dark, cells[strip.cell] if strip.cell else None)) is not None
    ]
    strips = _without_parts(_join(strips))
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
        and right.x0 - left.x1 <= _JOINS * lower
        and not left.is_standing
        and not right.is_standing
    )


def _fit(strip: Strip, dark: NDArray[Any], cell: PixelBox | None) -> Strip | None:
    """Fit a strip to its ink: along the line as far as ink goes on, across it to what the box holds; None without ink."""
    if strip.is_standing:
        return _shrink(_stretch(strip, dark, cell), dark)
    left, right = (cell[0], cell[2]) if cell is not None else (0, dark.shape[1])
    margin = strip.height // 6
    band = dark[strip.top + margin : strip.bottom - margin, left:right]
    columns = np.flatnonzero(band.any(axis=0)) + left
    if not len(columns):
        return None
    gap = int((_JOINS if cell is not None else _JOINS_OUTSIDE) * strip.height)
    x0, x1 = _reach(columns, strip.x0, strip.x1, gap)
    if x0 >= x1:
        return None
    return _shrink(strip._replace(x0=x0, x1=x1), dark)


def _reach(columns: NDArray[Any], x0: int, x1: int, gap: int) -> tuple[int, int]:
    """Give the first and last column of ink that a stretch reaches, going on over gaps."""
    inside = np.flatnonzero((columns >= x0) & (columns < x1))
    if not len(inside):
        return 0, 0
    first, last = int(inside[0]), int(inside[-1])
    while first > 0 and columns[first] - columns[first - 1] <= gap:
        first -= 1
    while last < len(columns) - 1 and columns[last + 1] - columns[last] <= gap:
        last += 1
    return int(columns[first]), int(columns[last]) + 1


def _stretch(strip: Strip, dark: NDArray[Any], cell: PixelBox | None) -> Strip:
    """Make a standing strip end between letters: its box may cut the first and the last of them."""
    upper, lower = (cell[1], cell[3]) if cell is not None else (0, dark.shape[0])
    rows = np.asarray(dark[:, strip.x0 : strip.x1].any(axis=1))
    top, bottom = strip.top, strip.bottom
    while top > upper + 2 and rows[top - 1]:
        top -= 1
    while bottom < lower - 2 and rows[bottom]:
        bottom += 1
    return strip._replace(top=top, bottom=bottom)


def _shrink(strip: Strip, dark: NDArray[Any]) -> Strip | None:
    """Shrink a strip to its ink; parts of the lines above and below that reach into its box are left out."""
    inside = dark[strip.top : strip.bottom, strip.x0 : strip.x1]
    if strip.is_standing:
        first, last = 0, strip.height
    else:
        first, last = _find_band(inside.sum(axis=1))
    columns = np.flatnonzero(inside[first:last].any(axis=0))
    if not len(columns):
        return None
    return strip._replace(
        x0=strip.x0 + int(columns[0]),
        x1=strip.x0 + int(columns[-1]) + 1,
        top=strip.top + first,
        bottom=strip.top + last,
    )


def _find_band(ink: NDArray[Any]) -> tuple[int, int]:
    """Give the rows (first, one after the last) of the line itself, from the ink of each row of its box.

    The box of a line in a tight cell holds the feet of the line above and the heads of the one below. They are cut off
    at the barest row of the outer parts of the box, if that is much barer than the line. (Where no ink reaches the box's
    edge there is no such part: the row would lie within a letter, as below the first stroke of 元.)
    """
    height = len(ink)
    outer = round(_OUTER * height)
    bare = _VALLEY * float(ink.max(initial=0))
    first, last = 0, height
    if outer:
        head, foot = ink[:outer], ink[height - outer :]
        row = outer - 1 - int(head[::-1].argmin())
        if head[row] <= bare and ink[:2].any():
            first = row
        row = int(foot.argmin())
        if foot[row] <= bare and ink[-2:].any():
            last = height - outer + row + 1
    rows = np.flatnonzero(ink[first:last])
    return (first + int(rows[0]), first + int(rows[-1]) + 1) if len(rows) else (first, last)


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


def stack_of(dark: NDArray[Any], strip: Strip) -> list[Strip]:
    """Cut a standing strip into its letters, top to bottom: letters are about as high as the strip is wide."""
    rows = np.asarray(dark[strip.top : strip.bottom, strip.x0 : strip.x1].any(axis=1))
    width = strip.x1 - strip.x0
    letters: list[Strip] = []
    for start, end in _runs(rows):
        last = letters[-1] if letters else None
        if last is not None and strip.top + end - last.top <= 1.15 * width:
            letters[-1] = last._replace(bottom=strip.top + end)
        else:
            letters.append(Strip(strip.x0, strip.top + start, strip.x1, strip.top + end, strip.cell))
    return letters


def _runs(flags: NDArray[Any]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
