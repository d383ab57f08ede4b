"""One line of text to be read: its box fitted to the ink, parted where it holds several lines or runs down."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractors.document import Box
from extractors.scan.picture import POINT

JOINS = 1.3
"""In a cell, ink this many heights away still belongs to the line; further away it is a line of its own."""
_JOINS_OUTSIDE = 0.6
"""The same outside cells, where nothing else bounds a line."""
_OUTER, _VALLEY = 0.36, 0.12
"""Neighbouring lines reach into a box by less than this share of its height; a row of so little ink parts them off."""
_LINES, _LINE = 1.6, 0.6
"""A box so many usual lines high holds two lines or more, each at least so high: it is parted at rows almost without ink."""

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


def part_lines(strip: Strip, dark: NDArray[Any], usual: float) -> list[Strip]:
    """Part a box around several lines into these: the detection model joins a short last line with the one above it."""
    if strip.is_standing or strip.height <= _LINES * usual:
        return [strip]
    ink = dark[strip.top : strip.bottom, strip.x0 : strip.x1].sum(axis=1)
    lines: list[Strip] = []
    top = strip.top
    for start, end in _runs(ink <= _VALLEY * float(ink.max(initial=0))):
        middle = strip.top + (start + end) // 2
        if middle - top >= _LINE * usual and strip.bottom - middle >= _LINE * usual:
            lines.append(strip._replace(top=top, bottom=middle))
            top = middle
    lines.append(strip._replace(top=top))
    return [shrunk for line in lines if (shrunk := _shrink(line, dark)) is not None] if len(lines) > 1 else [strip]


def fit(strip: Strip, dark: NDArray[Any], cell: PixelBox | None) -> Strip | None:
    """Fit a strip to its ink: along the line as far as ink goes on, across it to what the box holds; None without ink."""
    if strip.is_standing:
        return _shrink(_stretch(strip, dark, cell), dark)
    left, right = (cell[0], cell[2]) if cell is not None else (0, dark.shape[1])
    margin = strip.height // 6
    band = dark[strip.top + margin : strip.bottom - margin, left:right]
    columns = np.flatnonzero(band.any(axis=0)) + left
    if not len(columns):
        return None
    gap = int((JOINS if cell is not None else _JOINS_OUTSIDE) * strip.height)
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
