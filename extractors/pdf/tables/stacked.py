"""Letters written one below the other that run over their cell's lower or upper edge: which cell they were written in."""

from collections import Counter
from collections.abc import Iterator, Sequence

from extractors.pdf.tables.lattice import Lattice
from extractors.pdf.tables.lines import is_wide
from extractors.pdf.tables.sideways import Place, Placed

OVER = 0.15
"""A letter that reaches over its cell's upper or lower edge by more than this (ems) was not kept inside by its cell."""

_PITCH = (0.9, 1.7)
"""The distance (ems) from one letter of a stack to the next."""

_LEAST = 3
"""Fewer letters are no stack that could be told from the lines of two cells."""


def keep_stacks_whole(placed: list[Placed], lattices: Sequence[Lattice]) -> list[Placed]:
    """Put stacks of letters that run over an edge into the cell that holds most of them, the upper one of two."""
    order = sorted(range(len(placed)), key=lambda k: placed[k][0].run)
    moved: dict[int, Place] = {}
    for stack in _find_stacks([(k, placed[k]) for k in order]):
        places = Counter(place for _, (_, place) in stack if place is not None)
        if len(places) > 1 and any(_sticks_out(item, lattices) for _, item in stack):
            moved |= dict.fromkeys((k for k, _ in stack), places.most_common(1)[0][0])
    return [(word, moved.get(k, place)) for k, (word, place) in enumerate(placed)]


def _find_stacks(items: Sequence[tuple[int, Placed]]) -> Iterator[list[tuple[int, Placed]]]:
    """Yield the runs of single letters that were drawn one after the other, each below the one before."""
    stack: list[tuple[int, Placed]] = []
    for item in items:
        if stack and not _goes_on(stack[-1][1], item[1]):
            if len(stack) >= _LEAST:
                yield stack
            stack = []
        if _is_letter(item[1]):
            stack.append(item)
    if len(stack) >= _LEAST:
        yield stack


def _is_letter(item: Placed) -> bool:
    word = item[0]
    return len(word.text) == 1 and not word.style.angle and is_wide(word.text)


def _goes_on(before: Placed, after: Placed) -> bool:
    upper, lower = before[0], after[0]
    size = lower.style.size
    pitch = (lower.bottom - upper.bottom) / size
    return (
        _is_letter(after)
        and lower.run - upper.run in (0, 1)
        and abs(lower.x0 - upper.x0) < 0.1 * size
        and _PITCH[0] <= pitch <= _PITCH[1]
    )


def _sticks_out(item: Placed, lattices: Sequence[Lattice]) -> bool:
    word, place = item
    if place is None:
        return False
    _, top, _, bottom = lattices[place[0]].cells[place[1]].box
    over = OVER * word.style.size
    return word.top < top - over or word.bottom > bottom + over
