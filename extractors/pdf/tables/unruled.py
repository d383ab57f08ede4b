"""Tables without any rule: rows of texts that stand below each other in columns → the rules that nobody drew.

What is read so is a guess: every cell of such a table is marked (``table_unruled``), whatever it holds.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.pdf.page import Rule, Word
from extractors.pdf.tables.lines import TextLine, build_lines
from extractors.pdf.tables.stripes import Span, find_texts
from extractors.pdf.tables.text import would_have_fitted

UNRULED = "table_unruled"
LEAST_COLUMNS, LEAST_ROWS, LEAST_WHOLE = 3, 3, 2
"""A table has so many columns and rows, and so many lines with text in most of the columns: a line of three notes
(填报人, 联系电话, 日期) is none."""
_APART = 0.5
"""Words so far apart (ems) may be of two columns."""
_MOSTLY = 0.6
_FARTHEST = 3.5
"""Lines farther apart than this (ems, bottom to top) are not of one table."""
_FLUSH = 1.5
"""A word that begins so near (points) to a column's left side begins the column's text."""
_MARGIN = 4.0
"""The outer rules stand so far (points) from the texts."""


class _Row(NamedTuple):
    """One line of texts with blanks between them: its words, and the stretches that hold text."""

    top: float
    bottom: float
    em: float
    words: tuple[Word, ...]
    texts: tuple[Span, ...]


def find_unruled(words: Sequence[Word]) -> list[list[Rule]]:
    """Give the rules of each table that a page's words outside ruled tables form; ``words`` are level and visible.

    A table begins with a line of texts in three columns or more, and goes on while the lines below leave the blanks
    between these columns free. A line whose texts did not fit behind those above goes on with their row.
    """
    if not _may_hold_a_table(words):
        return []
    rows = _rows(words)
    found: list[list[Rule]] = []
    at = 0
    while at < len(rows):
        stop = _end_of_table(rows, at) if len(rows[at].texts) >= LEAST_COLUMNS else at
        if stop > at:
            found.append(_rules(rows[at:stop]))
        at = max(stop, at + 1)
    return found


def _may_hold_a_table(words: Sequence[Word]) -> bool:
    """Tell quickly whether texts stand apart on several lines: running text, and most pages, are let go here."""
    heights: dict[int, list[Word]] = {}
    for word in words:
        heights.setdefault(int(word.bottom), []).append(word)
    many = [sorted(own, key=_left) for own in heights.values() if len(own) >= LEAST_COLUMNS]
    apart = (sum(b.x0 - a.x1 >= _APART * b.style.size for a, b in pairwise(own)) for own in many)
    return sum(gaps >= LEAST_COLUMNS - 1 for gaps in apart) >= LEAST_WHOLE


def _left(word: Word) -> float:
    return word.x0


def _rows(words: Sequence[Word]) -> list[_Row]:
    rows = []
    visible = [word for word in words if not word.text.isspace() and word.style.angle == 0]
    for line in build_lines(visible):
        own = tuple(word for word in visible if line.top <= (word.top + word.bottom) / 2 <= line.bottom)
        rows.append(_Row(line.top, line.bottom, line.size, own, tuple(find_texts(own))))
    return rows


def _part(row: _Row, columns: Sequence[Span]) -> _Row:
    """Part a line's texts where a word begins at a column's left side, however narrow the blank before it is."""
    starts = [word.x0 for word in row.words if any(abs(word.x0 - start) <= _FLUSH for start, _ in columns)]
    texts: list[Span] = []
    for start, end in row.texts:
        cuts = [start, *(x for x in starts if start + _FLUSH < x < end)]
        stretches = pairwise([*cuts, end])
        ends = [max((w.x1 for w in row.words if left <= w.x0 < right), default=right) for left, right in stretches]
        texts += zip(cuts, ends, strict=True)
    return row._replace(texts=tuple(texts))


def _end_of_table(rows: list[_Row], first: int) -> int:
    """Give the row after a table that begins at ``first``; ``first`` itself where there is none.

    The table's rows are replaced by rows parted at its columns.
    """
    head, parted = rows[first], dict[int, _Row]()
    columns = list(head.texts)
    stop = first + 1
    while stop < len(rows):
        above, row = rows[stop - 1], rows[stop]
        row = _part(row, columns)
        joined = _join(columns, row.texts)
        if row.top - above.bottom > _FARTHEST * row.em or len(joined) < len(head.texts):
            break
        if joined[0][0] < columns[0][0] - head.em and len(row.texts) == 1:
            break  # a line of text that begins left of the table
        columns, parted[stop] = joined, row
        stop += 1
    while stop > first + 1 and len(rows[stop - 1].texts) == 1 and rows[stop - 1].texts[0][0] <= columns[0][0] + _FLUSH:
        stop -= 1  # a line of text below the table
    body = [parted.get(k, rows[k]) for k in range(first, stop)]
    whole = sum(len(row.texts) >= _MOSTLY * len(head.texts) for row in body)
    if len(body) < LEAST_ROWS or whole <= LEAST_WHOLE:
        return first
    rows[first:stop] = body
    return stop


def _join(columns: Sequence[Span], texts: Sequence[Span]) -> list[Span]:
    """Give the stretches that hold text in the columns so far or in a further line."""
    joined: list[Span] = []
    for start, end in sorted([*columns, *texts]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _rules(rows: Sequence[_Row]) -> list[Rule]:
    columns: list[Span] = []
    for row in rows:
        columns = _join(columns, row.texts)
    left, right = columns[0][0] - _MARGIN, columns[-1][1] + _MARGIN
    uprights = [left, *((one[1] + other[0]) / 2 for one, other in pairwise(columns)), right]
    levels = [rows[0].top - _MARGIN / 2]
    lines = [_lines(row, columns) for row in rows]
    for above, below, over, under in zip(rows, rows[1:], lines, lines[1:], strict=False):
        if not _goes_on(over, under, columns, right):
            levels.append((above.bottom + below.top) / 2)
    levels.append(rows[-1].bottom + _MARGIN / 2)
    return [
        *(Rule(True, at, left, right) for at in levels),
        *(Rule(False, at, levels[0], levels[-1]) for at in uprights),
    ]


def _lines(row: _Row, columns: Sequence[Span]) -> dict[int, TextLine]:
    """Give a row's text in each column that has any."""
    found: dict[int, TextLine] = {}
    for k, (start, end) in enumerate(columns):
        lines = build_lines([word for word in row.words if start - 1 <= (word.x0 + word.x1) / 2 <= end + 1])
        if lines:
            found[k] = lines[0]
    return found


def _goes_on(above: dict[int, TextLine], below: dict[int, TextLine], columns: Sequence[Span], right: float) -> bool:
    """Tell whether a line goes on with the row above: each of its texts stands below one behind which it had no room."""
    limits = [*(start - 2 for start, _ in columns[1:]), right]
    return all(
        k in above and not would_have_fitted(above[k], line, above[k].x0, limits[k]) for k, line in below.items()
    ) and len(below) < len(above)
