"""What makes a cell of a recognised page uncertain: rules that cannot be told, rows or columns run together, ink not read."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from extractors.document import Box
from extractors.pdf.page import PageContent, Rule, Word
from extractors.pdf.tables.lattice import Lattice
from extractors.pdf.tables.lines import TextLine, build_lines
from extractors.pdf.tables.sideways import Place

RULES, JOINED, UNREAD, GUESSED = "rules_worn", "cells_joined", "text_unread", "columns_guessed"
RECOGNISED = frozenset({RULES, JOINED, UNREAD, GUESSED})
"""The codes of this file."""

_ALIKE = 0.6
"""Lines of two cells stand side by side if they are no farther apart than this (ems)."""
_PITCH = 1.7
"""Lines of one text are no farther apart than this (ems, baseline to baseline)."""
_BLANK = 1.5
"""A blank so wide (ems) over the place where other rows' columns part may be where a rule is lost."""
_MANY = 3
"""So many cells side by side whose lines part in the same way are two rows; fewer, if the row has no other text."""
_MOST = 0.5
"""Where at least this share of a column's texts have a blank at one place, a rule may have stood there."""
_ROWS = 4
"""So many lines with a blank at one place are rows of a table."""

Held = Sequence[Mapping[int, Sequence[Word]]]


def find_recognised_doubts(
    page: PageContent, lattices: Sequence[Lattice], held: Held, guessed: Sequence[Rule]
) -> Iterator[tuple[Place, str]]:
    """Yield the cells (lattice, cell) of recognised tables whose text may not be theirs alone, each with a code.

    ``guessed`` are rules that were made from the blanks between texts.
    """
    if not page.recognised and not any(word.style.confidence is not None for word in page.words):
        return
    for n, lattice in enumerate(lattices):
        if not any(word.style.confidence is not None for words in held[n].values() for word in words):
            continue
        if any(_stands_in(rule, lattice) for rule in guessed):
            yield from (((n, k), GUESSED) for k in range(len(lattice.cells)))
        for k, cell in enumerate(lattice.cells):
            if any(_meet(cell.box, side) for side in page.unsure_sides):
                yield (n, k), RULES
            if any(_meet(cell.box, box) for box in page.unread):
                yield (n, k), UNREAD
        lines = {k: build_lines(words) for k, words in held[n].items() if not any(word.style.angle for word in words)}
        yield from (((n, k), JOINED) for k in _joined_rows(lattice, lines))
        yield from (((n, k), JOINED) for k in _joined_columns(lattice, held[n]))
        yield from (((n, k), JOINED) for k in held[n] if _is_joined_across(lattice, k, held[n][k]))


def looks_like_a_table(words: Sequence[Word]) -> bool:
    """Tell whether words outside tables stand in rows and columns: a table of which no rules were found."""
    gaps = _gaps(words)
    return any(sum(start < (left + right) / 2 < end for start, end in gaps) >= _ROWS for left, right in gaps)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _stands_in(rule: Rule, lattice: Lattice) -> bool:
    x0, top, x1, bottom = lattice.box
    x, y = ((rule.start + rule.end) / 2, rule.at) if rule.level else (rule.at, (rule.start + rule.end) / 2)
    return x0 - 1 <= x <= x1 + 1 and top - 1 <= y <= bottom + 1


def _joined_rows(lattice: Lattice, lines: Mapping[int, Sequence[TextLine]]) -> Iterator[int]:
    """Yield the cells of rows that look like two: their texts stand in lines side by side though none had to be broken."""
    for row in {cell.row for cell in lattice.cells}:
        texts = {k: own for k, own in lines.items() if lattice.cells[k].row == row and own}
        broken = [k for k, own in texts.items() if len(own) > 1 and _would_fit(own, lattice.cells[k].box)]
        for k in broken:
            beside = [other for other in broken if _stand_alike(texts[k], texts[other])]
            whole = len(beside) == len(texts) or any(_stand_apart(texts[other]) for other in beside)
            if len(beside) >= _MANY or (len(beside) > 1 and whole):
                yield from texts
                break


def _would_fit(lines: Sequence[TextLine], box: Box) -> bool:
    """Tell whether a cell's first two lines would have fitted into one."""
    first, second = lines[:2]
    return (first.x1 - first.x0) + (second.x1 - second.x0) + first.size < box[2] - box[0]


def _stand_apart(lines: Sequence[TextLine]) -> bool:
    """Tell whether a cell's first two lines are farther apart than one text's, or both hold figures."""
    first, second = lines[:2]
    figures = all(any(letter.isdigit() for letter in line.text) for line in (first, second))
    return figures or second.bottom - first.bottom > _PITCH * first.size


def _stand_alike(one: Sequence[TextLine], other: Sequence[TextLine]) -> bool:
    return len(one) == len(other) and all(
        abs(a.bottom - b.bottom) <= _ALIKE * a.size for a, b in zip(one, other, strict=True)
    )


def _joined_columns(lattice: Lattice, held: Mapping[int, Sequence[Word]]) -> Iterator[int]:
    """Yield the cells of columns that look like two: most of them have texts on both sides of one blank."""
    columns: dict[tuple[int, int], list[int]] = {}
    for k in held:
        columns.setdefault((lattice.cells[k].col, lattice.cells[k].col_span), []).append(k)
    for own in columns.values():
        gaps = {k: _gaps(held[k]) for k in own}
        for left, right in [gap for found in gaps.values() for gap in found]:
            middle = (left + right) / 2
            parted = [k for k in own if any(start < middle < end for start, end in gaps[k])]
            if len(parted) >= max(_MANY, _MOST * len(own)):
                yield from own
                break


def _gaps(words: Sequence[Word]) -> list[tuple[float, float]]:
    """Give the wide blanks of a cell's lines, which have text on both sides."""
    found = []
    visible = sorted((word for word in words if not word.text.isspace()), key=lambda word: word.x0)
    for line in build_lines(visible):
        own = [word for word in visible if line.top <= (word.top + word.bottom) / 2 <= line.bottom]
        found += [(a.x1, b.x0) for a, b in pairwise(own) if b.x0 - a.x1 > _BLANK * line.size]
    return found


def _is_joined_across(lattice: Lattice, k: int, words: Sequence[Word]) -> bool:
    """Tell whether a cell over several columns has texts on both sides of a place where other rows part, and a blank there."""
    cell = lattice.cells[k]
    inner = lattice.xs[cell.col + 1 : cell.col + cell.col_span]
    if not inner:
        return False
    return any(left <= x <= right for left, right in _gaps(words) for x in inner)
