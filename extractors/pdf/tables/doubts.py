"""What makes a cell's text uncertain: text over text, text cut off at an edge, a picture in the place of text."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from extractors.document import Box
from extractors.pdf.page import Word
from extractors.pdf.tables.lattice import Lattice
from extractors.pdf.tables.lines import TextLine

CROWDED, CLIPPED, CUT = "text_crowded", "text_clipped", "text_cut"
PICTURE, TWINS = "picture_cell", "twin_glyphs"

_REACHES = 1.3
"""A picture in a cell may reach over its edges by so much; one that reaches farther lies over the table."""

_SMALLEST_PICTURE = 5.0
"""A picture lower or narrower than this (points) is a bullet, a line or a pixel for counting readers."""

_PITCH = 0.75
"""Lines of one text are farther apart than this (ems, baseline to baseline)."""

_STICKS_OUT = 0.1
"""So much (ems) of a word's height over its cell's upper or lower edge shows that it was not written in that cell."""

_TOUCHES = 0.3
"""Text nearer to its cell's edge than this (points) has no margin there: it goes on behind the next cell's text."""


def find_text_doubts(
    lattice: Lattice, held: Mapping[int, Sequence[Word]], lines_of: Mapping[int, Sequence[TextLine]]
) -> dict[int, tuple[str, ...]]:
    """Give the cells whose text may not be as filed, each with the codes that say why.

    Text over text shows that a line of another cell came in; a single line that fills its cell up to the edge, beside
    a cell that holds text, is cut off there (spreadsheets). Recognised text stands where the recogniser saw it.
    """
    found: dict[int, tuple[str, ...]] = {}
    by_place: dict[tuple[int, int], int] | None = None
    for k, lines in lines_of.items():
        box = lattice.cells[k].box
        if any(line.confidence is not None for line in lines):
            continue
        if is_crowded(lines):
            by_place = by_place or _places(lattice)
            for place in (k, *_above_and_below(lattice, k, held[k], by_place)):
                if place in held:
                    found[place] = (CROWDED,)
            continue
        if len(lines) == 1 and (lines[0].x0 < box[0] + _TOUCHES or lines[0].x1 > box[2] - _TOUCHES):
            by_place = by_place or _places(lattice)
            if any(side in held for side in _sides(lattice, k, lines[0], box, by_place)):
                found[k] = (CLIPPED,)
    return found


def find_picture_cells(
    images: Sequence[Box], lattices: Sequence[Lattice], held: Sequence[Mapping[int, Sequence[Word]]]
) -> list[tuple[int, int]]:
    """Give the cells (lattice, cell) without any text in which a picture stands; one that spreads over many is no cell's.

    A seal over a table lies over cells with text, or reaches beyond the cell.
    """
    found: list[tuple[int, int]] = []
    for x0, top, x1, bottom in images:
        if min(x1 - x0, bottom - top) < _SMALLEST_PICTURE:
            continue
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        for n, lattice in enumerate(lattices):
            for k, cell in enumerate(lattice.cells):
                left, upper, right, lower = cell.box
                is_inside = left <= x <= right and upper <= y <= lower
                fits = x1 - x0 <= _REACHES * (right - left) and bottom - top <= _REACHES * (lower - upper)
                if is_inside and fits and not any(word.text.strip() for word in held[n].get(k, ())):
                    found.append((n, k))
    return list(dict.fromkeys(found))


def find_cells_of(boxes: Sequence[Box], lattices: Sequence[Lattice]) -> list[tuple[int, int]]:
    """Give the cells (lattice, cell) in which the middles of boxes lie."""
    middles = [((x0 + x1) / 2, (top + bottom) / 2) for x0, top, x1, bottom in boxes]
    found = [
        (n, k)
        for x, y in middles
        for n, lattice in enumerate(lattices)
        for k, cell in enumerate(lattice.cells)
        if cell.box[0] <= x <= cell.box[2] and cell.box[1] <= y <= cell.box[3]
    ]
    return list(dict.fromkeys(found))


def is_crowded(lines: Sequence[TextLine]) -> bool:
    """Tell whether some of a cell's text lies over other text of it, side by side or one line over the next."""
    return any(line.crowded for line in lines) or any(
        below.bottom - above.bottom < _PITCH * min(above.size, below.size)
        and above.x0 < below.x1
        and below.x0 < above.x1
        for above, below in pairwise(lines)
    )


def _places(lattice: Lattice) -> dict[tuple[int, int], int]:
    return {
        (row, col): k
        for k, cell in enumerate(lattice.cells)
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    }


def _above_and_below(
    lattice: Lattice, k: int, words: Sequence[Word], places: Mapping[tuple[int, int], int]
) -> Iterator[int]:
    """Yield the cells over or under one, if some of its words stick out over that edge: they may be those cells'."""
    row, col, row_span, _, (_, top, _, bottom), _ = lattice.cells[k]
    if any(word.top < top - _STICKS_OUT * word.style.size for word in words):
        yield places.get((row - 1, col), -1)
    if any(word.bottom > bottom + _STICKS_OUT * word.style.size for word in words):
        yield places.get((row + row_span, col), -1)


def _sides(lattice: Lattice, k: int, line: TextLine, box: Box, places: Mapping[tuple[int, int], int]) -> list[int]:
    """Give the cells on the sides where a line touches its cell's edge."""
    cell = lattice.cells[k]
    sides = []
    if line.x0 < box[0] + _TOUCHES:
        sides.append(places.get((cell.row, cell.col - 1), -1))
    if line.x1 > box[2] - _TOUCHES:
        sides.append(places.get((cell.row, cell.col + cell.col_span), -1))
    return sides
