"""What was recognised in a page's lines, as words with their place, size and confidence."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractors.pdf.page import GlyphStyle, Word
from extractors.pdf.tables.lines import is_wide
from extractors.scan.models import Reading
from extractors.scan.picture import POINT
from extractors.scan.strip import Strip

_WIDE_EM, _NARROW_EM = 0.94, 0.74
"""How much of its em the ink of a line takes up: one with Chinese letters, one of digits only."""
_ALIKE = 0.22
"""Sizes that differ from the page's usual one by less than this share are the usual one: ink heights vary by line."""

_WIDE_REACH, _NARROW_REACH, _LETTER = 0.75, 0.6, 0.3
"""A character's ink reaches so many ems from its middle (a wide, a narrow one); so much ink beyond is a letter missed."""
_UNDER_SEAL = 0.85
"""The most that a line is trusted on which a seal stands: low enough for a person to look at its value."""
_MISSED = 0.3
"""The most that a line is trusted in which ink was passed over."""


def confidence_of(reading: Reading) -> float:
    """Give how sure a line's least sure character is, 0–1; blanks do not count (nothing tells how many there are)."""
    return min((letter.sure for letter in reading if not letter.text.isspace()), default=0.0)


def build_words(
    dark: NDArray[Any], stamped: NDArray[Any], strips: Sequence[Strip], readings: Sequence[Reading]
) -> list[Word]:
    """Make words of each line (blanks part them), in points; ``dark`` is the page's ink without rules, ``stamped`` a seal's.

    A character begins halfway between its neighbours' middles. Where ink of a line is far from any character that was
    read, something was passed over, and the whole line is doubted.
    """
    sizes = _find_sizes(readings, [_ink_height(dark, strip) for strip in strips])
    words: list[Word] = []
    for run, (strip, reading, size) in enumerate(zip(strips, readings, sizes, strict=True)):
        missed = _is_ink_missed(dark[strip.top : strip.bottom, strip.x0 : strip.x1], reading, size * POINT)
        most = _UNDER_SEAL if stamped[strip.top : strip.bottom, strip.x0 : strip.x1].any() else 1.0
        words += _line_words(strip, reading, size, run, _MISSED if missed else most)
    return words


def _ink_height(dark: NDArray[Any], strip: Strip) -> float:
    rows = np.flatnonzero(dark[strip.top : strip.bottom, strip.x0 : strip.x1].any(axis=1))
    return float(rows[-1] - rows[0] + 1) if len(rows) else float(strip.height)


def _is_ink_missed(ink: NDArray[Any], reading: Reading, em: float) -> bool:
    """Tell whether a letter's worth of ink stands farther from every character than its own half width."""
    columns = np.flatnonzero(ink.any(axis=0))
    letters = [letter for letter in reading if not letter.text.isspace()]
    if not letters or not len(columns):
        return False
    middles = np.array([letter.at * ink.shape[1] for letter in letters])
    reach = np.array([(_WIDE_REACH if is_wide(letter.text) else _NARROW_REACH) * em for letter in letters])
    far = (np.abs(columns[:, None] - middles[None, :]) > reach[None, :]).all(axis=1)
    return float(far.sum()) > _LETTER * em


def _find_sizes(readings: Sequence[Reading], heights: Sequence[float]) -> list[float]:
    """Give each line's em in points; lines of about the usual size have exactly that."""
    sizes = []
    for reading, height in zip(readings, heights, strict=True):
        share = _WIDE_EM if any(is_wide(letter.text) for letter in reading) else _NARROW_EM
        sizes.append(height / POINT / share)
    wide = [size for size, reading in zip(sizes, readings, strict=True) if any(is_wide(x.text) for x in reading)]
    usual = median(wide or sizes or [10.0])
    return [usual if abs(size - usual) <= _ALIKE * usual else size for size in sizes]


def _line_words(strip: Strip, reading: Reading, size: float, run: int, most: float) -> list[Word]:
    left, width = strip.x0 / POINT, (strip.x1 - strip.x0) / POINT
    middles = [left + letter.at * width for letter in reading]
    edges = [left, *((a + b) / 2 for a, b in pairwise(middles)), left + width]
    middle = (strip.top + strip.bottom) / 2 / POINT
    words: list[Word] = []
    first = 0
    for k in range(len(reading) + 1):
        if k < len(reading) and not reading[k].text.isspace():
            continue
        if k > first:
            text = "".join(letter.text for letter in reading[first:k])
            style = GlyphStyle(size, confidence=min(most, confidence_of(reading[first:k])))
            starts = tuple(edges[first:k]) if k - first > 1 else ()
            words.append(Word(text, edges[first], middle - size / 2, edges[k], middle + size / 2, style, run, starts))
        if k < len(reading):
            style = GlyphStyle(size)
            words.append(Word(" ", edges[k], middle - size / 2, edges[k + 1], middle + size / 2, style, run))
        first = k + 1
    return words
