"""The ruled lines of a page's picture, as rules in points."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pdf.page import Rule
from extractors.scan.faint import Evidence, Stroke, find_worn, read_evidence
from extractors.scan.models import TextBox
from extractors.scan.picture import POINT
from extractors.scan.pieces import Piece, Sides, is_of_letters, join_pieces, mend_pieces

_SHORTEST = round(11 * POINT)
"""A stroke so long (pixels) without a break may be part of a rule: rows are hardly lower."""
_LONG = round(48 * POINT)
"""A stroke so long is one, wherever it stands; shorter ones may be strokes of letters."""
_THICKEST = 5 * POINT
"""A rule is no thicker than this (pixels); what is, is a filled box or the edge of the sheet."""
_DASH, _GAP = round(2.5 * POINT), round(4 * POINT)
"""Outside lines of text, dashes so long (pixels) with gaps up to the second between them are a rule, too."""
_CORE = 0.1
"""So much of a text box's height at its edges is margin, where a rule may run."""
_STROKE, _OVER = 1.7, 0.3
"""A stroke in a line of text, at most the first times as long as it is high and over its edges by the second, may be a letter's."""
_MEETS = 3
"""A rule ends so near (pixels) to the rule that it meets."""
_MEETS_WORN, _OVERHANG = round(3 * POINT), round(16 * POINT)
"""A worn rule ends less exactly (pixels), and where it crosses another, less than the second beyond it is no part of it."""
_OF_TEXT = 0.7
"""A stroke of which so much lies along one line of text may be its letters'; a gap to the next rule may be closed, too."""
_WORN = 2.0
"""How thick worn rules are taken for (pixels)."""
_BARE = 0.25
"""Beside a rule there is ink (other rules apart) along no more than this share of it; letters' strokes are crossed by others."""


class FoundRules(NamedTuple):
    """A page's rules in points, the pixels that they are drawn in (1), and what else speaks for level and upright ones.

    The evidence for upright rules lies on its side (rows are columns).
    """

    rules: list[Rule]
    pixels: NDArray[Any]
    levels: Evidence
    uprights: Evidence


def find_rules(dark: NDArray[Any], pale: NDArray[Any], texts: Sequence[TextBox]) -> FoundRules:
    """Find level and upright lines in a straight page's ink; strokes of letters (in ``texts``) are none.

    ``pale`` holds ink too pale for letters, too: worn rules are looked for in it.
    """
    turned = np.ascontiguousarray(dark.T)
    across = [(t.x0, t.top, t.x1, t.bottom) for t in texts]
    down = [(t.top, t.x0, t.bottom, t.x1) for t in texts]
    levels, uprights = _find_pieces(dark, across), _find_pieces(turned, down)
    sure_levels, sure_uprights = levels.sure_mask(), uprights.sure_mask()
    level_mask = levels.settle(dark, np.ascontiguousarray(sure_uprights.T))
    upright_mask = uprights.settle(turned, np.ascontiguousarray(sure_levels.T))
    pales = pale, np.ascontiguousarray(pale.T)
    evidence = read_evidence(pales[0], across), read_evidence(pales[1], down, is_turned=True)
    _add_worn(evidence, (levels, uprights), pales, (across, down), (level_mask, upright_mask))
    pieces = join_pieces(levels.kept), join_pieces(uprights.kept)
    mend_pieces(pieces, pales, (across, down))
    rules = [
        Rule(level, piece.at / POINT, piece.start / POINT, piece.end / POINT, piece.thickness / POINT)
        for level, own in zip((True, False), pieces, strict=True)
        for piece in own
    ]
    return FoundRules(rules, level_mask | np.ascontiguousarray(upright_mask.T), *evidence)


class _Strokes:
    """The level strokes of a page: those that are rules for sure, and those that may be strokes of letters."""

    def __init__(self, labels: NDArray[Any], ink: NDArray[Any], count: int) -> None:
        self.labels, self.ink = labels, ink
        self.keep = np.zeros(count, np.uint8)
        self.kept: list[Piece] = []
        self.unsure: list[tuple[int, Piece]] = []

    def sure_mask(self) -> NDArray[Any]:
        """Give the pixels of the strokes kept so far."""
        return np.asarray(self.keep[self.labels] & self.ink, np.uint8)

    def settle(self, dark: NDArray[Any], crossing: NDArray[Any]) -> NDArray[Any]:
        """Keep those unsure strokes that are bare and end at crossing rules on both sides; give all kept pixels."""
        for label, piece in self.unsure:
            if _meets(piece, crossing) and _is_bare(piece, dark, crossing):
                self.keep[label] = 1
                self.kept.append(piece)
        return self.sure_mask()


def _add_worn(
    evidence: tuple[Evidence, Evidence],
    strokes: tuple[_Strokes, _Strokes],
    darks: tuple[NDArray[Any], NDArray[Any]],
    texts: tuple[Sequence[Sides], Sequence[Sides]],
    masks: tuple[NDArray[Any], NDArray[Any]],
) -> None:
    """Add the worn level and upright lines to the rules found so far, and their pixels to the masks of both."""
    found = [find_worn(one) for one in evidence]
    kept: list[list[Piece]] = [[], []]
    unsure: list[list[Piece]] = [[], []]
    for way in (0, 1):
        for stroke in found[way]:
            doubted = stroke.is_short or _is_of_one_text(stroke, texts[way])
            piece = Piece(*stroke[:3], _WORN)
            if not is_of_letters(piece, texts[way]):
                (unsure if doubted else kept)[way].append(piece)
    sure = [masks[0].copy(), masks[1].copy()]
    for way in (0, 1):
        for one in kept[way]:
            _draw(one, darks[way], sure[way])
    crossing = [np.ascontiguousarray(sure[1].T), np.ascontiguousarray(sure[0].T)]
    for way in (0, 1):
        kept[way] += [one for one in unsure[way] if _meets(one, crossing[way], _MEETS_WORN)]
        for one in kept[way]:
            piece = _without_ends(one, crossing[way])
            strokes[way].kept.append(piece)
            _draw(piece, darks[way], masks[way])


def _draw(piece: Piece, dark: NDArray[Any], mask: NDArray[Any]) -> None:
    """Mark the ink along a piece as a rule's."""
    rows = slice(max(0, round(piece.at) - 2), round(piece.at) + 3)
    columns = slice(round(piece.start), round(piece.end))
    mask[rows, columns] |= dark[rows, columns]


def _is_of_one_text(stroke: Stroke, texts: Sequence[Sides]) -> bool:
    """Tell whether a stroke may be the heads or feet of one line's letters: it reaches hardly beyond that line."""
    return any(
        min(stroke.end, right) - max(stroke.start, left) >= _OF_TEXT * (stroke.end - stroke.start)
        and upper - 2 <= stroke.at <= lower + 2
        for left, upper, right, lower in texts
    )


def _without_ends(piece: Piece, crossing: NDArray[Any]) -> Piece:
    """Take away what a worn piece reaches over the last rules that it crosses: letters in its way, seen as part of it."""
    at = round(piece.at)
    crossed = np.flatnonzero(crossing[max(0, at - 1) : at + 2, round(piece.start) : round(piece.end)].any(axis=0))
    if not len(crossed):
        return piece
    first, last = piece.start + float(crossed[0]), piece.start + float(crossed[-1])
    start = first if first - piece.start <= _OVERHANG else piece.start
    end = last + 1 if piece.end - last <= _OVERHANG else piece.end
    return piece._replace(start=start, end=end)


def _find_pieces(dark: NDArray[Any], texts: Sequence[tuple[int, int, int, int]]) -> _Strokes:
    """Find level strokes: unbroken ones anywhere, and rows of dashes outside lines of text."""
    outside = dark.copy()
    for left, upper, right, lower in texts:
        core = round(_CORE * min(lower - upper, right - left))
        outside[upper + core : lower - core, left + core : right - core] = 0
    dashes = cv2.morphologyEx(outside, cv2.MORPH_OPEN, np.ones((1, _DASH), np.uint8))
    opened = cv2.morphologyEx(dashes, cv2.MORPH_CLOSE, np.ones((1, _GAP), np.uint8))
    whole = cv2.dilate(dark, np.ones((3, 1), np.uint8))  # a rule two pixels thick has holes in each row, hardly across
    opened = cv2.morphologyEx(cv2.bitwise_or(opened, whole), cv2.MORPH_OPEN, np.ones((1, _SHORTEST), np.uint8))
    wide = cv2.dilate(opened, np.ones((3, 1), np.uint8))
    count, labels, stats, centres = cv2.connectedComponentsWithStats(wide, connectivity=8)
    strokes = _Strokes(labels, cv2.bitwise_and(wide, cv2.dilate(dark, np.ones((3, 1), np.uint8))), count)
    for label in range(1, count):
        x, y, w, h, area = (int(value) for value in stats[label])
        piece = Piece(float(centres[label][1]), x, x + w, max(1.0, area / w - 4))
        if piece.thickness > _THICKEST:
            continue
        if w >= _LONG or not _may_be_stroke((x, y, x + w, y + h), texts):
            strokes.keep[label] = 1
            strokes.kept.append(piece)
        else:
            strokes.unsure.append((label, piece))
    return strokes


def _may_be_stroke(piece: tuple[int, int, int, int], texts: Sequence[tuple[int, int, int, int]]) -> bool:
    """Tell whether a piece lies within a line of text and is short enough to be a stroke of one of its letters."""
    x0, top, x1, bottom = piece
    for left, upper, right, lower in texts:
        size = min(lower - upper, right - left)
        over = _OVER * size
        if (
            x0 >= left - over
            and x1 <= right + over
            and top >= upper - 2
            and bottom <= lower + 2
            and x1 - x0 <= _STROKE * size
        ):
            return True
    return False


def _meets(piece: Piece, crossing: NDArray[Any], near: int = _MEETS) -> bool:
    """Tell whether a stroke ends at a crossing rule on both sides."""
    at = round(piece.at)
    band = crossing[max(0, at - near) : at + near + 1]
    return all(
        bool(band[:, max(0, round(end) - near) : round(end) + near + 1].any()) for end in (piece.start, piece.end)
    )


def _is_bare(piece: Piece, dark: NDArray[Any], crossing: NDArray[Any]) -> bool:
    """Tell whether there is hardly any ink beside a stroke."""
    half = round(piece.thickness / 2) + 2
    first, last = round(piece.start) + _MEETS, round(piece.end) - _MEETS
    beside = [round(piece.at) - half - 1, round(piece.at) + half + 1]
    lines = [dark[row, first:last] & (1 - crossing[row, first:last]) for row in beside if 0 <= row < len(dark)]
    return last > first and all(float(line.mean()) <= _BARE for line in lines)
