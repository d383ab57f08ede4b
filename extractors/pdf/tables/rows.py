"""Tables without rules between their rows (three-line tables) → the level rules that are missing, from the texts' lines."""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from extractors.pdf.page import Rule, Word
from extractors.pdf.tables.lattice import SNAP
from extractors.pdf.tables.lines import TextLine, build_lines
from extractors.pdf.tables.stripes import Span, find_texts
from extractors.pdf.tables.text import would_have_fitted

_SHARE = 0.5
"""A line that has text in at least this share of the columns begins a row; others are the rest of a wrapped text."""

_BETWEEN = 0.5
"""Text of one column ends so far (ems) before the next column begins."""


_MANY_COLUMNS, _NEARLY_ALL = 3, 0.75
"""Of so many columns most decide; of fewer, such a share of all texts between two rules."""


class _Line(NamedTuple):
    """What stands on one height between two rules: its text in each column that has any."""

    top: float
    bottom: float
    cells: dict[int, TextLine]


def find_missing_levels(levels: Sequence[Rule], sides: Span, words: Sequence[Word]) -> list[Rule]:
    """Give level rules between the rows that stand between two drawn rules of a table without upright ones.

    Two lines are two rows if most columns have text in both and that of the lower one would have fitted behind the upper
    one's: so no layout broke them. Wrapped lines go with the row that is nearest.
    """
    found: list[Rule] = []
    for over, under in pairwise(levels):
        inside = [
            word
            for word in words
            if over.at < (word.top + word.bottom) / 2 < under.at
            and sides[0] - SNAP <= word.x0
            and word.x1 <= sides[1] + SNAP
        ]
        found += [Rule(True, at, *sides) for at in _cuts(inside, sides)]
    return found


def _cuts(words: Sequence[Word], sides: Span) -> list[float]:
    columns = find_texts(words)
    lines = _read_lines(words, columns)
    starts = [line for line in lines if len(line.cells) >= max(2, ceil(_SHARE * len(columns)))]
    if len(starts) < 2:
        return []
    limits = [start for start, _ in columns[1:]] + [sides[1]]
    fits = [_fitting(above, below, limits) for above, below in pairwise(starts)]
    if not all(_are_rows(fitting, shared, fits) for fitting, shared in fits):
        return []
    tops, bottoms = [line.top for line in starts], [line.bottom for line in starts]
    for line in lines:
        if line not in starts:
            row = min(range(len(starts)), key=lambda k: abs(starts[k].bottom - line.bottom))
            tops[row], bottoms[row] = min(tops[row], line.top), max(bottoms[row], line.bottom)
    return [(bottom + top) / 2 for bottom, top in zip(bottoms, tops[1:], strict=False)]


def _read_lines(words: Sequence[Word], columns: Sequence[Span]) -> list[_Line]:
    lines: list[_Line] = []
    for whole in build_lines(words):
        on_line = [word for word in words if whole.top <= (word.top + word.bottom) / 2 <= whole.bottom]
        cells: dict[int, TextLine] = {}
        for k, (start, end) in enumerate(columns):
            found = build_lines([word for word in on_line if start - 1 <= (word.x0 + word.x1) / 2 <= end + 1])
            if found:
                cells[k] = found[0]
        lines.append(_Line(whole.top, whole.bottom, cells))
    return lines


def _fitting(above: _Line, below: _Line, limits: Sequence[float]) -> tuple[int, int]:
    """Give in how many columns the text below would have fitted behind the one above, and how many have both."""
    shared = [k for k in above.cells if k in below.cells]
    fitting = sum(
        would_have_fitted(above.cells[k], below.cells[k], above.cells[k].x0, limits[k] - _BETWEEN * above.cells[k].size)
        for k in shared
    )
    return fitting, len(shared)


def _are_rows(fitting: int, shared: int, every: Sequence[tuple[int, int]]) -> bool:
    """Tell whether two lines are rows of their own: most of the texts below would have fitted behind those above.

    Of two columns both must fit, or one where nearly all texts of the stripe's other lines do: a label may fill its column.
    """
    if shared >= _MANY_COLUMNS:
        return 2 * fitting > shared
    nearly_all = sum(fit for fit, _ in every) >= _NEARLY_ALL * sum(both for _, both in every)
    return fitting > 0 and (fitting == shared or nearly_all)
