"""Lattices and words → the text of every cell; works on any ``PageContent``, also on recognised words of a scan."""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractors.document import Box
from extractors.pdf.page import OBLIQUE, WORD_GAP, Word, middles, turn_words
from extractors.pdf.tables.crossing import TOUCHES, keep_stretches_whole
from extractors.pdf.tables.doubts import find_text_doubts
from extractors.pdf.tables.lattice import Lattice
from extractors.pdf.tables.lines import TextLine, build_lines, is_wide
from extractors.pdf.tables.sideways import Place, Placed, is_stacked, keep_whole
from extractors.pdf.tables.stacked import OVER, keep_stacks_whole
from extractors.pdf.tables.text import find_padding, is_letter_column, join_lines

_OVERFLOWS = 0.5
"""A line that overflows its cell keeps the distance of lines (ems) to the one above and to the table's end."""

_PROTRUDES = 0.25
"""The share of its height by which a character's middle may lie above or below a table and still be in it.

LibreOffice draws the last line of a row that a page break cut partly over the row's rule.
"""


@dataclass(frozen=True, slots=True)
class Assigned:
    """Each lattice's words by cell number; those outside all tables; those inside a table but in no cell.

    ``unsure`` are the cells between which text was cut at the edge that it runs over.
    """

    held: tuple[dict[int, list[Word]], ...]
    outside: tuple[Word, ...]
    stray: tuple[Word, ...]
    unsure: tuple[Place, ...] = ()


def assign_words(words: Sequence[Word], lattices: Sequence[Lattice], crowded: frozenset[int] = frozenset()) -> Assigned:
    """Put each word into the cell that its characters' middles lie in; of tables within tables the inner one counts.

    A word that runs over an edge is cut there, unless it can be told which cell it was written in. ``crowded`` are the
    ids of words that lie over others: some of them may belong to another cell too.
    """
    if not lattices:
        return Assigned((), tuple(words), ())
    finder = _CellFinder(lattices)
    placed: list[Placed] = []
    crossing: list[tuple[Word, list[Place | None]]] = []
    sticking = stacked = False
    near: Place | None = None
    left = upper = right = lower = 0.0
    for word in words:
        _, x0, top, x1, bottom, _, _, starts = word
        y = (top + bottom) / 2
        first = (x0 + (starts[1] if starts else x1)) / 2
        last = (starts[-1] + x1) / 2 if starts else first
        if left < first and last < right and upper < y < lower:
            placed.append((word, near))
            sticking = sticking or x1 > right - TOUCHES * word.style.size
            stacked = stacked or (not starts and bottom > lower + OVER * word.style.size)
            continue
        slack = _PROTRUDES * (bottom - top)
        place = finder.place(first, y, slack)
        if starts and place != finder.place(last, y, slack):
            crossing.append((word, [finder.place(x, y, slack) for x in middles(word)]))
            continue
        placed.append((word, place))
        if place is not None:
            box = lattices[place[0]].cells[place[1]].box
            if not finder.nested:
                near, (left, upper, right, lower) = place, box
            touch = TOUCHES * word.style.size
            sticking = sticking or x1 > box[2] - touch or x0 < box[0] + touch
            over = OVER * word.style.size
            stacked = stacked or (not starts and (bottom > box[3] + over or top < box[1] - over))
    unsure: list[Place] = []
    if crossing or sticking or crowded:
        placed, unsure = keep_stretches_whole(placed, crossing, lattices, crowded)
    if stacked:
        placed = keep_stacks_whole(placed, lattices)
    if any(word.style.angle for word in words):
        placed = keep_whole(placed, lattices)
    held: tuple[dict[int, list[Word]], ...] = tuple({} for _ in lattices)
    outside: list[Word] = []
    for word, place in placed:
        if place is None:
            outside.append(word)
        else:
            held[place[0]].setdefault(place[1], []).append(word)
    for lattice, words_of in zip(lattices, held, strict=True):
        _lift_protruding(lattice, words_of)
        outside = _take_overflowing(lattice, words_of, outside)
    stray = [word for word in outside if not word.text.isspace() and finder.is_inside_a_table(word)]
    return Assigned(held, tuple(outside), tuple(stray), tuple(unsure))


def _take_overflowing(lattice: Lattice, held: dict[int, list[Word]], outside: list[Word]) -> list[Word]:
    """Put a line that overflows a cell of the last row which no rule closes into that cell; give the other words.

    Browsers print a cell's last line so, below the table's end on a page, where the rows beside it go on over the page.
    """
    bottom = lattice.box[3]
    below = [word for word in outside if 0 <= word.top - bottom + _OVERFLOWS * word.style.size <= word.style.size]
    if not below:
        return outside
    taken: set[int] = set()
    for k, cell in enumerate(lattice.cells):
        if cell.box[3] < bottom or not cell.open_sides or k not in held:
            continue
        x0, _, x1, _ = cell.box
        inside = [word for word in below if x0 <= word.x0 and word.x1 <= x1]
        last = max(word.bottom for word in held[k])
        if inside and bottom - last <= _OVERFLOWS * inside[0].style.size:
            held[k] = [*held[k], *inside]
            taken |= {id(word) for word in inside}
    return [word for word in outside if id(word) not in taken]


def _lift_protruding(lattice: Lattice, held: dict[int, list[Word]]) -> None:
    """Put a line that stands across the lower edge of an empty cell into that cell.

    LibreOffice draws the rest of a row that a page break cut so, over the text of the row below. A line that keeps the
    usual distance to the next one belongs to it, and both to the row below.
    """
    places = {(cell.row, cell.col): n for n, cell in enumerate(lattice.cells)}
    for k, upper in enumerate(lattice.cells):
        n = places.get((upper.row + upper.row_span, upper.col), -1) if k not in held else -1
        if n in held and not any(word.style.angle for word in held[n]):
            edge = upper.box[3]
            across = [word for word in held[n] if edge - word.top > 0.3 * (word.bottom - word.top)]
            rest = [word for word in held[n] if edge - word.top <= 0.3 * (word.bottom - word.top)]
            if across and rest:
                pitch = min(word.top for word in rest) - min(word.top for word in across)
                if not 0.95 * across[0].style.size <= pitch <= 2 * across[0].style.size:
                    held[k], held[n] = across, rest


class CellText(NamedTuple):
    """A cell's text; ``room`` is the width left beside its last line, ``need`` what its first word would have taken.

    ``doubts`` are codes of what makes the text uncertain (see ``ReadNote``).
    """

    text: str
    room: float = math.inf
    need: float = 0.0
    confidence: float | None = None
    doubts: tuple[str, ...] = ()


class _CellFinder:
    """Finds the cell at a point; small tables come before those around them."""

    def __init__(self, lattices: Sequence[Lattice]) -> None:
        order = sorted(range(len(lattices)), key=lambda n: _area(lattices[n]))
        self.tables = [
            (n, lattices[n].box, lattices[n].xs[1:-1], lattices[n].ys[1:-1], _covers(lattices[n])) for n in order
        ]
        self.nested = any(_overlap(one.box, other.box) for k, one in enumerate(lattices) for other in lattices[k + 1 :])

    def place(self, x: float, y: float, slack: float) -> Place | None:
        """Give the cell at a point; ``slack`` is how far above or below a table a point still belongs to it."""
        for n, (x0, top, x1, bottom), xs, ys, covers in self.tables:
            if x0 <= x <= x1 and top - slack <= y <= bottom + slack:
                k = covers.get((bisect_right(ys, y), bisect_right(xs, x)))
                if k is not None:
                    return n, k
        return None

    def is_inside_a_table(self, word: Word) -> bool:
        """Tell whether a word lies within a table's outline."""
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        return any(x0 <= x <= x1 and top <= y <= bottom for _, (x0, top, x1, bottom), _, _, _ in self.tables)


def _area(lattice: Lattice) -> float:
    x0, top, x1, bottom = lattice.box
    return (x1 - x0) * (bottom - top)


def _covers(lattice: Lattice) -> dict[tuple[int, int], int]:
    return {
        (row, col): k
        for k, cell in enumerate(lattice.cells)
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    }


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def read_cells(
    lattice: Lattice, held: dict[int, list[Word]], width: float, height: float
) -> tuple[dict[int, CellText], tuple[TextLine, ...]]:
    """Give the text of each cell that holds words (by cell number), and the table's level lines.

    ``width`` and ``height`` are the page's, to turn sideways text by.
    """
    lines_of: dict[int, list[TextLine]] = {}
    texts: dict[int, CellText] = {}
    for k, words in held.items():
        angle = _reading_angle(words)
        stacked = not angle and len(words) > 1 and len(words[0].text) == 1 and is_stacked(words)
        if angle or stacked:
            turned = turn_words(words, 270 if stacked else -angle % 360, width, height)
            lines = build_lines(turned, narrow_gap=math.inf if stacked else WORD_GAP)
            texts[k] = _join(lines, math.inf, -math.inf, 0.0)
        else:
            lines_of[k] = build_lines(words)
    padding = find_padding([_left(lines) - lattice.cells[k].box[0] for k, lines in lines_of.items() if lines])
    for k, lines in lines_of.items():
        x0, _, x1, _ = lattice.cells[k].box
        texts[k] = _join(lines, x0, x1, padding)
    for k, doubts in find_text_doubts(lattice, held, lines_of).items():
        texts[k] = texts[k]._replace(doubts=doubts)
    return texts, tuple(line for k in sorted(lines_of) for line in lines_of[k])


def _join(lines: Sequence[TextLine], x0: float, x1: float, padding: float) -> CellText:
    """Join a cell's lines; text that reaches nearer to the cell's edges than others shows how wide its area is.

    Of sideways text (no edges given) the longest line shows that.
    """
    if not lines:
        return CellText("")
    first, last = lines[0], lines[-1]
    need = first.unit + 0.3 * first.size
    if len(lines) == 1:
        room = 0.0 if first.visible == 1 and is_wide(first.first) else x1 - x0 - 2 * padding - (first.x1 - first.x0)
        return CellText(first.text, room, need, first.confidence)
    left = min(x0 + padding, _left(lines))
    right = max(x1 - padding, max(line.x1 for line in lines))
    room = 0.0 if is_letter_column(lines) else right - left - (last.x1 - last.x0)
    sure = min((line.confidence for line in lines if line.confidence is not None), default=None)
    return CellText(join_lines(lines, left, right), room, need, sure)


def _left(lines: Sequence[TextLine]) -> float:
    return lines[0].x0 if len(lines) == 1 else min(line.x0 for line in lines)


def _reading_angle(words: Sequence[Word]) -> int:
    """Give the angle by which most characters of a cell are turned; slanting ones are read as level."""
    first = words[0].style.angle
    if len(words) > 1 and any(word.style.angle != first for word in words):
        angles: Counter[int] = Counter()
        for word in words:
            angles[word.style.angle] += len(word.text.strip())
        first = angles.most_common(1)[0][0]
    return 0 if first == OBLIQUE else first
