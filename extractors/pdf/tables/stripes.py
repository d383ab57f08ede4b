"""The stripes between a table's level rules: where each holds text, and whether it is one row, several or none."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from extractors.pdf.page import Rule, Word
from extractors.pdf.tables.lattice import SNAP
from extractors.pdf.tables.lines import TextLine, build_lines

_GAP, _WIDE_GAP = 0.8, 1.1
"""A blank of so many ems may part two columns (cells' own margins leave about one em, a typed space half of one).

One of the second width shows where columns are; a narrower one may be a line that was stretched to fill its cell.
"""

_MANY, _MOST = 3, 0.8
"""So many lines of so many columns, such a share of which fills all columns, are rows of their own."""

_MARGIN, _CENTRED = 0.15, 0.04
"""A title leaves such a share of the table's width on both sides, which differ by less than the second."""

Span = tuple[float, float]


class Stripe(NamedTuple):
    """What stands between two level rules: its edges, and where it holds text, from left to right.

    ``is_many`` tells that rows without rules between them seem to stand in it, ``is_whole`` that the rules over and under
    it run from side to side, ``is_apart`` that it stands between two tables: blank, or with a title in the middle.
    """

    top: float
    bottom: float
    em: float
    texts: tuple[Span, ...]
    is_many: bool
    is_whole: bool
    is_apart: bool

    @property
    def gaps(self) -> list[Span]:
        """Give the blanks between two texts."""
        return [(left[1], right[0]) for left, right in zip(self.texts, self.texts[1:], strict=False)]

    @property
    def wide_gaps(self) -> list[Span]:
        """Give those blanks that are too wide to be part of a text."""
        return [gap for gap in self.gaps if gap[1] - gap[0] >= _WIDE_GAP * self.em]

    @property
    def is_parted(self) -> bool:
        """Tell whether a blank between its texts is too wide to be part of one."""
        return bool(self.wide_gaps)

    def begins_before(self, left: float) -> bool:
        """Tell whether its one text begins further left than cells' texts do, as paragraphs between tables may."""
        return len(self.texts) == 1 and self.texts[0][0] < left - SNAP

    def is_free(self, x: float) -> bool:
        """Tell whether no text stands at ``x``."""
        return not any(start < x < end for start, end in self.texts)


def read_stripes(levels: Sequence[Rule], sides: Span, words: Sequence[Word]) -> list[Stripe]:
    """Cut a table between its ``sides`` into the stripes between its level rules, top to bottom."""
    edges = [rule.at for rule in levels]
    start, end = sides
    held: list[list[Word]] = [[] for _ in edges]
    for word in words:
        stripe = bisect_left(edges, (word.top + word.bottom) / 2)
        if 0 < stripe < len(edges) and start - SNAP <= word.x0 and word.x1 <= end + SNAP:
            held[stripe].append(word)
    return [
        _read_stripe(over, under, inside, sides)
        for over, under, inside in zip(levels, levels[1:], held[1:], strict=False)
        if under.at - over.at > SNAP
    ]


def _read_stripe(over: Rule, under: Rule, words: list[Word], sides: Span) -> Stripe:
    texts = find_texts(words)
    lines = build_lines(words, wide_gap=_GAP)
    by_line = [find_texts([word for word in words if _stands_in(word, line)]) for line in lines]
    is_whole = all(rule.start < sides[0] + 2 * SNAP and rule.end > sides[1] - 2 * SNAP for rule in (over, under))
    return Stripe(
        top=over.at,
        bottom=under.at,
        em=max((word.style.size for word in words), default=0.0),
        texts=tuple(texts),
        is_many=_is_many(len(texts), by_line),
        is_whole=is_whole,
        is_apart=is_whole and (not lines or _is_headed(lines, by_line[0], sides)),
    )


def _stands_in(word: Word, line: TextLine) -> bool:
    return line.top <= (word.top + word.bottom) / 2 <= line.bottom


def _is_headed(lines: list[TextLine], first: list[Span], sides: Span) -> bool:
    """Tell whether the first line is a title: one text, larger than those below it, in the middle between both sides."""
    start, end = sides
    left, right = first[0][0] - start, end - first[-1][1]
    return (
        len(first) == 1
        and all(line.size < lines[0].size for line in lines[1:])
        and min(left, right) > _MARGIN * (end - start)
        and abs(left - right) < _CENTRED * (end - start)
    )


def _is_many(columns: int, by_line: list[list[Span]]) -> bool:
    """Tell whether a stripe holds several rows: lines most of which fill all of its columns."""
    if columns < _MANY or len(by_line) < _MANY:
        return False
    return sum(len(texts) >= columns for texts in by_line) >= _MOST * len(by_line)


def find_texts(words: Sequence[Word]) -> list[Span]:
    """Give the stretches that hold text; typed blanks join, narrow blanks too."""
    texts: list[Span] = []
    for word in sorted(words, key=lambda word: word.x0):
        if texts and word.x0 - texts[-1][1] < _GAP * word.style.size:
            texts[-1] = (texts[-1][0], max(texts[-1][1], word.x1))
        elif not word.text.isspace():
            texts.append((word.x0, word.x1))
    return texts
