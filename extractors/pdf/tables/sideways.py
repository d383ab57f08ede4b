"""Text that runs down or up a cell: which cell overlong sideways text was written in, and what is vertical writing."""

import math
from collections.abc import Iterator, Sequence
from operator import attrgetter

from extractors.document import Box
from extractors.pdf.page import Word
from extractors.pdf.tables.lattice import Lattice
from extractors.pdf.tables.lines import is_wide

Place = tuple[int, int]
"""A lattice's number on its page and the number of one of its cells."""
Placed = tuple[Word, Place | None]

_ADJOINS = 0.12
"""Sideways characters nearer to each other than this (in ems) were written in one go."""
_FILLS, _NEAR = 0.15, 1.2
"""Text that begins or ends so near (in ems) to its cell's edge fills the cell, or was written from that edge on."""


def is_stacked(words: Sequence[Word]) -> bool:
    """Tell whether upright characters are vertical writing: drawn downwards, their columns from right to left.

    Most letters must be Chinese ones: numbers one below the other are a list, or too wide for their cell. A column may
    hold one character only, where a page break left a merged cell no more height.
    """
    down = columns = wide = narrow = 0
    last: Word | None = None
    for word in sorted(words, key=attrgetter("run")):
        if word.text.isspace():
            continue
        if len(word.text) > 1:
            return False
        if last is not None:
            size = word.style.size
            right, below = (word.x0 - last.x0) / size, (word.top - last.top) / size
            if word.text == last.text and abs(right) < 0.12 and abs(below) < 0.12:
                continue
            if abs(right) < 0.35 and 0.15 < below < 1.6:
                down += below > 0.7
            elif -2.5 < right < -0.7 and below < 0.3:
                columns += 1
            else:
                return False
        wide += is_wide(word.text)
        narrow += word.text.isalnum() and not is_wide(word.text)
        last = word
    return (down >= 2 or columns > 0) and wide >= narrow


def keep_whole(placed: Sequence[Placed], lattices: Sequence[Lattice]) -> list[Placed]:
    """Put sideways text that runs over its cell's edges into that cell as a whole, where the cell can be told."""
    kept: list[Placed] = [item for item in placed if item[0].style.angle not in (90, 270)]
    for group in _find_groups([item for item in placed if item[0].style.angle in (90, 270)]):
        owner = _owner(group, lattices)
        kept += group if owner is None else [(word, owner) for word, _ in group]
    return kept


def _find_groups(placed: list[Placed]) -> Iterator[list[Placed]]:
    """Give the stretches of characters that follow each other without a gap, in the order of drawing."""
    placed.sort(key=lambda item: item[0].run)
    group: list[Placed] = []
    for item in placed:
        if group and not _adjoins(group[-1][0], item[0]):
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _adjoins(before: Word, after: Word) -> bool:
    size = after.style.size
    if before.style.angle != after.style.angle or abs(after.x0 - before.x0) > _ADJOINS * size:
        return False
    gap = after.top - before.bottom if after.style.angle == 90 else before.top - after.bottom
    return abs(gap) <= _ADJOINS * size


def _owner(group: Sequence[Placed], lattices: Sequence[Lattice]) -> Place | None:
    """Give the cell of text that runs over cells' edges: where its middle lies, unless it begins close to an edge.

    Labels that each fill their own cell from edge to edge stay apart.
    """
    places = dict.fromkeys(place for _, place in group)
    boxes: dict[Place, Box] = {place: lattices[place[0]].cells[place[1]].box for place in places if place is not None}
    if len(places) < 2 or not boxes:
        return None
    size, angle = group[0][0].style.size, group[0][0].style.angle
    downwards = group if angle == 90 else group[::-1]
    (first, upper), (final, lower) = downwards[0], downwards[-1]
    above = first.top - boxes[upper][1] if upper in boxes else math.inf
    below = boxes[lower][3] - final.bottom if lower in boxes else math.inf
    if 0 <= above <= _FILLS * size and 0 <= below <= _FILLS * size:
        return None
    middle = (first.top + final.bottom) / 2
    central = next((place for place, box in boxes.items() if box[1] <= middle <= box[3]), None)
    if central is not None and first.top < boxes[central][1] and final.bottom > boxes[central][3]:
        return central
    start, room = (upper, above) if angle == 90 else (lower, below)
    return start if 0 <= room <= _NEAR * size else central
