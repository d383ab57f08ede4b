"""Worn rules: thin lines that are broken everywhere and still seen, since so much ink stands on one line and none beside it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.scan.picture import POINT
from extractors.scan.pieces import Sides

Ink = NDArray[Any]
_NEAR = 1
"""Ink so many pixels off a line still stands on it: scanning and turning put a thin line on two rows of pixels."""
_BESIDE = (4, 7)
"""Ink so far above and below (pixels) the same place shows a letter's stroke that runs across, not along a line."""
_LONG, _SHORT = round(30 * POINT), round(10 * POINT)
"""Ink is counted along so many pixels. The shorter ones are the sides of single cells: rows are hardly lower."""
_LONG_FILL, _SHORT_FILL = 0.55, 0.7
"""A worn rule fills these shares of them (dotted ones half); what is left of letters outside their boxes fills less."""
_SEEN = 0.5
"""At least so much of a window lies outside lines of text: within them strokes of letters cannot be told from rules."""
_CORE = 0.22
"""So much of a text box's height at its edges is white around its letters, where a rule may run."""
_OFF, _CROSSING = 2, 4
"""A side of a cell is looked for so many pixels around where it should be; at its ends other rules cross it."""
_TOLD = 0.3
"""Of a side of which less can be seen, its ink tells nothing."""
_BARE = 0.4
"""Beside a single cell's side there is ink along no more than this share of it."""
_BREAK = round(9 * POINT)
"""Gaps up to this long (pixels) break no rule."""


class Stroke(NamedTuple):
    """A worn level line: its row, its first and last column (pixels); ``is_short`` where only one cell's side was seen."""

    at: float
    start: float
    end: float
    is_short: bool = False


def mark_level(dark: Ink) -> Ink:
    """Mark (1) the pixels that may belong to a level line: ink on the row, and no ink that crosses it."""
    near: Ink = cv2.dilate(dark, np.ones((2 * _NEAR + 1, 1), np.uint8))
    first, last = _BESIDE
    reach = cv2.dilate(dark, np.ones((last - first + 1, 1), np.uint8))
    shift = (first + last + 1) // 2
    above, below = np.zeros_like(dark), np.zeros_like(dark)
    above[shift:], below[:-shift] = reach[:-shift], reach[shift:]
    return np.asarray(near & (1 - (above & below)), np.uint8)


class Evidence(NamedTuple):
    """What speaks for level lines on a page: its ink, the pixels that may belong to one, and those outside text (1)."""

    dark: Ink
    marked: Ink
    seen: Ink

    def share(self, at: float, start: float, end: float) -> float | None:
        """Give how much of a stretch (row, first and last column) is drawn; None where text hides most of it."""
        rows = slice(max(0, round(at) - _OFF), round(at) + _OFF + 1)
        columns = slice(round(start) + _CROSSING, round(end) - _CROSSING)
        strip: Ink = self.seen[rows, columns]
        if not strip.size:
            return None
        seen: Ink = strip.min(axis=0).astype(bool)
        if seen.mean() < _TOLD:
            return None
        drawn: Ink = self.marked[rows, columns].max(axis=0)
        return float(drawn[seen].mean())


def read_evidence(dark: Ink, texts: Sequence[Sides], *, is_turned: bool = False) -> Evidence:
    """Collect the evidence of a straight page's ink; ``texts`` are its lines of text.

    On its side (``is_turned``), no margin of theirs is seen: rules run over and under lines of text, not through their ends,
    where the first strokes of a column's texts stand in one line.
    """
    seen = np.ones_like(dark)
    for left, upper, right, lower in texts:
        core = 0 if is_turned else round(_CORE * min(lower - upper, right - left))
        seen[upper + core : lower - core, left + core : right - core] = 0
    return Evidence(dark, mark_level(dark), seen)


def find_worn(evidence: Evidence) -> list[Stroke]:
    """Find the worn level lines of a page."""
    marked = evidence.marked & evidence.seen
    long = _trace(marked, evidence.seen, _LONG, _LONG_FILL)
    rest = marked.copy()
    for one in long:
        rest[max(0, round(one.at) - 3) : round(one.at) + 4, round(one.start) : round(one.end)] = 0
    short = _trace(rest, evidence.seen, _SHORT, _SHORT_FILL)
    return long + [one._replace(is_short=True) for one in short if _is_bare(evidence.dark, one)]


def _is_bare(dark: Ink, stroke: Stroke) -> bool:
    """Tell whether there is hardly any ink on one side or the other of a stroke: a letter has more than one."""
    columns = slice(round(stroke.start) + _CROSSING, round(stroke.end) - _CROSSING)
    first, last = _BESIDE
    at = round(stroke.at)
    sides = dark[max(0, at - last) : max(0, at - first + 1), columns], dark[at + first : at + last + 1, columns]
    return all(not side.size or float(side.max(axis=0).mean()) <= _BARE for side in sides)


def _trace(marked: Ink, seen: Ink, window: int, fill: float) -> list[Stroke]:
    """Follow the lines along which marked pixels fill a window's seen part."""
    filled, open_ = (
        cv2.boxFilter(pixels.astype(np.float32), -1, (window, 1), borderType=cv2.BORDER_CONSTANT)
        for pixels in (marked, seen)
    )
    core = ((filled >= fill * open_) & (open_ >= _SEEN)).astype(np.uint8)
    if not core.any():
        return []
    reached = cv2.dilate(core, np.ones((1, window), np.uint8)) & marked
    whole = cv2.morphologyEx(reached, cv2.MORPH_CLOSE, np.ones((1, min(_BREAK, window // 2)), np.uint8))
    whole = cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones((1, _SHORT), np.uint8))
    count, _, stats, centres = cv2.connectedComponentsWithStats(whole, connectivity=8)
    return [
        Stroke(float(centres[k][1]), float(stats[k][0]), float(stats[k][0] + stats[k][2]))
        for k in range(1, count)
        if stats[k][3] <= 4 * _NEAR + 4
    ]
