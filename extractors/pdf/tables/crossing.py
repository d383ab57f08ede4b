"""Text that runs over its cell's edges: which cell it was written in, told from the whole stretch of text.

System exports printed from spreadsheets, and narrow cells of word processors, let text run over a rule or out of the
table; a clip may hide what is over the edge. A change of script begins a new run, so that no single word tells.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from extractors.pdf.page import Word, cut_word
from extractors.pdf.tables.lattice import Lattice
from extractors.pdf.tables.lines import is_wide
from extractors.pdf.tables.sideways import Place, Placed

TOUCHES = 0.12
"""A word so near to its cell's edge (ems), or over it, was not kept inside by its cell; nor are two words of one stretch
farther apart."""

_SCRIPT_GAP = (0.2, 0.32)
"""Word processors put a quarter em between Chinese and Latin words."""

_GOES_ON = 0.015
"""Of two words with an edge between them the second begins just where the first ends, or it is the next cell's text."""

_BEGINS = 1.2
"""Text that begins so near (ems) to its cell's left edge, or ends so near to the right one, was written from there on."""

_FARTHEST = 40
"""In sizes of type: as far from a word as this begins another text, whatever line it stands on."""


def keep_stretches_whole(
    placed: list[Placed],
    crossing: Sequence[tuple[Word, Sequence[Place | None]]],
    lattices: Sequence[Lattice],
    crowded: frozenset[int],
) -> tuple[list[Placed], list[Place]]:
    """Put stretches of text that run over edges into the cell that they were written in.

    ``placed`` are the words that lie in one cell (or outside) by their middles, ``crossing`` those whose characters lie
    in several, with each character's place; ``crowded`` are the ids of words that lie over others. Gives all words with their cells, and the cells among which a stretch could
    not be told: it is left in the first of them.
    """
    places = {id(word): list(own) for word, own in crossing}
    places |= {id(word): [place] * len(word.text) for word, place in placed}
    level = sorted((word for word, _ in [*placed, *crossing] if not word.style.angle), key=_line_order)
    kept: list[Placed] = []
    unsure: list[Place] = []
    done: set[int] = set()
    over = [word for word, _ in crossing]
    over += [word for word, place in placed if id(word) in crowded or _sticks_out(word, place, lattices)]
    for word in over:
        if id(word) in done:
            continue
        alone = dict.fromkeys(places[id(word)])
        stretch = [word] if _overruns(word, alone, lattices) else _find_stretch(word, level, done, places, lattices)
        done.update(map(id, stretch))
        found = [places[id(part)] for part in stretch]
        owner = _owner(stretch, list(dict.fromkeys(place for own in found for place in own)), lattices)
        if owner is not None:
            kept += [(part, owner) for part in stretch]
            continue
        inside = list(dict.fromkeys(place for own in found for place in own if place is not None))
        unsure += inside
        if len(stretch) > 1 and len({n for n, _ in inside}) == 1:
            kept += [(part, inside[0]) for part in stretch]
        else:
            kept += [item for part, own in zip(stretch, found, strict=True) for item in _cut(part, own)]
    return [item for item in placed if id(item[0]) not in done] + kept, list(dict.fromkeys(unsure))


def _line_order(word: Word) -> tuple[float, float]:
    return round(word.bottom, 1), word.x0


def _sticks_out(word: Word, place: Place | None, lattices: Sequence[Lattice]) -> bool:
    if place is None or word.style.angle or word.text.isspace():
        return False
    x0, _, x1, _ = lattices[place[0]].cells[place[1]].box
    return word.x1 > x1 - TOUCHES * word.style.size or word.x0 < x0 + TOUCHES * word.style.size


def _overruns(word: Word, places: Iterable[Place | None], lattices: Sequence[Lattice]) -> bool:
    """Tell whether a word stands in the middle of a cell and reaches over both of its edges."""
    boxes = [lattices[place[0]].cells[place[1]].box for place in places if place is not None]
    return any(
        word.x0 < x0 and word.x1 > x1 and abs((word.x0 + word.x1) - (x0 + x1)) < word.style.size
        for x0, _, x1, _ in boxes
    )


def _find_stretch(
    word: Word,
    level: Sequence[Word],
    done: set[int],
    places: Mapping[int, Sequence[Place | None]],
    lattices: Sequence[Lattice],
) -> list[Word]:
    """Give the words on both sides that were drawn in one go with this one, left to right."""
    if word.style.angle:
        return [word]
    at = bisect_left(level, _line_order(word), key=_line_order)
    while level[at] is not word:
        at += 1
    stretch = [word]
    for step in (-1, 1):
        k = at + step
        while 0 <= k < len(level) and abs(level[k].bottom - word.bottom) <= 0.3 * word.style.size:
            end = stretch[0] if step < 0 else stretch[-1]
            pair = (level[k], end) if step < 0 else (end, level[k])
            edge = _edge_between(*pair, places, lattices)
            if id(level[k]) not in done and _is_drawn_on(*pair, edge):
                stretch.insert(0, level[k]) if step < 0 else stretch.append(level[k])
            elif abs(level[k].x0 - end.x0) > _FARTHEST * word.style.size:
                break
            k += step
    return stretch


def _edge_between(
    before: Word, after: Word, places: Mapping[int, Sequence[Place | None]], lattices: Sequence[Lattice]
) -> float | None:
    """Give the x of the edge that the second of two words begins behind, None where both stand in one cell or across it."""
    left, right = places[id(before)][-1], places[id(after)][0]
    if left == right:
        return None
    edge = (
        lattices[left[0]].cells[left[1]].box[2] if left else lattices[right[0]].cells[right[1]].box[0] if right else 0
    )
    return edge if after.x0 >= edge - _GOES_ON * after.style.size else None


def _is_drawn_on(before: Word, after: Word, edge: float | None) -> bool:
    """Tell whether two words were drawn in one go; ``edge`` is the x of an edge that the second begins behind.

    There it must begin just where the first ends, or a blank between two scripts behind the first that runs over the edge:
    a cell that is full to its edge stands as near to the next cell's text.
    """
    size = after.style.size
    if abs(after.bottom - before.bottom) > 0.1 * size or after.run - before.run not in (0, 1):
        return False
    gap = (after.x0 - before.x1) / size
    is_mixed = is_wide(before.text[-1]) != is_wide(after.text[0])
    if edge is not None:
        is_spaced = is_mixed and before.x1 > edge and _SCRIPT_GAP[0] <= gap <= _SCRIPT_GAP[1]
        return abs(gap) <= _GOES_ON or is_spaced
    return -TOUCHES <= gap <= (_SCRIPT_GAP[1] if is_mixed else TOUCHES)


def _owner(stretch: Sequence[Word], places: Sequence[Place | None], lattices: Sequence[Lattice]) -> Place | None:
    """Give the cell that a stretch is written in, from left to right among those that it runs through, if it can be told.

    It overruns the cell on both sides, or begins at its left edge, or ends at its right one (of two such cells the one
    whose edge is nearer). Outside the table nothing else can own it.
    """
    inside = [place for place in places if place is not None]
    if len({n for n, _ in inside}) != 1:
        return None
    if len(inside) == 1:
        return inside[0]
    boxes = [lattices[n].cells[k].box for n, k in inside]
    x0, x1, near = stretch[0].x0, stretch[-1].x1, _BEGINS * stretch[0].style.size
    overrun = [place for place, box in zip(inside, boxes, strict=True) if x0 < box[0] and x1 > box[2]]
    if len(overrun) == 1:
        return overrun[0]
    left, right = x0 - boxes[0][0], boxes[-1][2] - x1
    if 0 <= left <= near and not 0 <= right < left:
        return inside[0]
    return inside[-1] if 0 <= right <= near else None


def _cut(word: Word, places: Sequence[Place | None]) -> list[Placed]:
    parts: list[Placed] = []
    first = 0
    for k in range(1, len(places) + 1):
        if k == len(places) or places[k] != places[first]:
            parts.append((cut_word(word, first, k), places[first]))
            first = k
    return parts
