"""Which part of a picture holds ink, and whether two pages lie side by side on it."""

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from extractors.scan.ink import find_dark
from extractors.scan.models import Grey, TextBox
from extractors.scan.picture import POINT

_AROUND = round(6 * POINT)
"""White kept around a page's ink (pixels)."""
_DUST = 3
"""A row or column of a quarter-sized page with fewer dark pixels than this is blank."""
_INKED = 255 * 3 / 16
"""A pixel of the quarter-sized page is dark where three of its sixteen are: a line one pixel wide has four, dust has one."""
_WIDE = 1.15
"""A picture that is not this much wider than high shows one page."""
_GUTTER, _MIDDLE = 0.045, 0.1
"""Between two pages a strip of this share of the picture's width is blank, within so much of its middle …"""
_LINES = 3
"""… and on both sides of it stand so many lines of text at least."""


class Part(NamedTuple):
    """A part of a picture, in pixels."""

    x0: int
    top: int
    x1: int
    bottom: int


def find_part(grey: Grey) -> Part | None:
    """Find the part of a page that holds ink; None where it is blank."""
    small = cv2.resize(find_dark(grey) * 255, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA) >= _INKED
    rows = np.flatnonzero(small.sum(axis=1) >= _DUST)
    columns = np.flatnonzero(small.sum(axis=0) >= _DUST)
    if not len(rows) or not len(columns):
        return None
    height, width = grey.shape
    return Part(
        max(0, int(columns[0]) * 4 - _AROUND),
        max(0, int(rows[0]) * 4 - _AROUND),
        min(width, int(columns[-1]) * 4 + 4 + _AROUND),
        min(height, int(rows[-1]) * 4 + 4 + _AROUND),
    )


def split_part(grey: Grey, part: Part, boxes: Sequence[TextBox]) -> list[tuple[int, Part]]:
    """Give the pages that a part of a picture shows, left to right: each one's left edge (pixels) and its part.

    A table or a title that crosses the middle makes it one page: landscape forms are as wide as two pages are.
    """
    height, width = grey.shape
    if width < _WIDE * height:
        return [(0, part)]
    first, last = round(width * (0.5 - _MIDDLE)), round(width * (0.5 + _MIDDLE))
    ink = find_dark(grey[part.top : part.bottom, first:last]).sum(axis=0)
    edges = np.concatenate(([-1], np.flatnonzero(ink >= _DUST), [len(ink)]))
    widest = int(np.argmax(np.diff(edges)))
    start, end = int(edges[widest]) + 1, int(edges[widest + 1])
    if end - start < _GUTTER * width:
        return [(0, part)]
    cut = first + (start + end) // 2
    left = sum(box.x1 <= cut for box in boxes)
    if min(left, len(boxes) - left) < _LINES:
        return [(0, part)]
    return [(0, part._replace(x1=cut)), (cut, part._replace(x0=cut))]
