"""What was recognised in a page's lines, as words with their place, size and confidence."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extractors.pdf.page import GlyphStyle, Word
from extractors.pdf.tables.lines import is_wide
from extractors.scan.lines import Strip
from extractors.scan.models import Reading
from extractors.scan.picture import POINT

_WIDE_EM, _NARROW_EM = 0.94, 0.74
"""How much of its em the ink of a line takes up: one with Chinese letters, one of digits only."""
_ALIKE = 0.22
"""Sizes that differ from the page's usual one by less than this share are the usual one: ink heights vary by line."""


def confidence_of(reading: Reading) -> float:
    """Give how sure a line's least sure character is, 0–1; blanks do not count (nothing tells how many there are)."""
    return min((letter.sure for letter in reading if not letter.text.isspace()), default=0.0)


def build_words(strips: Sequence[Strip], readings: Sequence[Reading], heights: Sequence[float]) -> list[Word]:
    """Make one word of each line (blanks part it); ``heights`` are the lines' ink heights in pixels.

    Words are in points. A character begins halfway between its neighbours' middles.
    """
    sizes = _find_sizes(readings, heights)
    words: list[Word] = []
    for run, (strip, reading, size) in enumerate(zip(strips, readings, sizes, strict=True)):
        words += _line_words(strip, reading, size, run)
    return words


def _find_sizes(readings: Sequence[Reading], heights: Sequence[float]) -> list[float]:
    """Give each line's em in points; lines of about the usual size have exactly that."""
    sizes = []
    for reading, height in zip(readings, heights, strict=True):
        share = _WIDE_EM if any(is_wide(letter.text) for letter in reading) else _NARROW_EM
        sizes.append(height / POINT / share)
    wide = [size for size, reading in zip(sizes, readings, strict=True) if any(is_wide(x.text) for x in reading)]
    usual = median(wide or sizes or [10.0])
    return [usual if abs(size - usual) <= _ALIKE * usual else size for size in sizes]


def _line_words(strip: Strip, reading: Reading, size: float, run: int) -> list[Word]:
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
            style = GlyphStyle(size, confidence=confidence_of(reading[first:k]))
            starts = tuple(edges[first:k]) if k - first > 1 else ()
            words.append(Word(text, edges[first], middle - size / 2, edges[k], middle + size / 2, style, run, starts))
        if k < len(reading):
            style = GlyphStyle(size)
            words.append(Word(" ", edges[k], middle - size / 2, edges[k + 1], middle + size / 2, style, run))
        first = k + 1
    return words
