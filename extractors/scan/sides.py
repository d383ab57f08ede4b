"""Sides of cells of which only part is drawn: added where most of it is, doubted where it cannot be told."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.document import Box
from extractors.pdf.page import Rule
from extractors.pdf.tables.lattice import Lattice, LatticeCell, build_lattices, join_rules
from extractors.scan.picture import POINT
from extractors.scan.rules import FoundRules

_DRAWN = 0.6
"""A side within a merged cell is a worn rule where so much of it is drawn: letters that happen to stand there draw less."""
_OPEN = 0.3
"""Where less than this is drawn, there is none. Between the two it cannot be told whether cells are merged."""
_MISSING = 0.4
"""A side between two cells of which less than this is drawn was made by a rule going on over a gap: perhaps it does not."""

_MANY = 3
"""Where so many sides of one table cannot be told, none of it can be trusted to be parted rightly."""
_WHOLE, _WORN = 0.75, 0.06
"""Sides of which less than the first is drawn have gaps; where more than the second share has, the same holds."""


class Settled(NamedTuple):
    """A page's rules with the sides that were added, its lattices, and boxes around what cannot be told: sides, or whole tables."""

    rules: list[Rule]
    lattices: list[Lattice]
    unsure: list[Box]


class _Side(NamedTuple):
    """A stretch between two neighbouring crossings of a raster, in points; ``is_drawn`` where cells part at it."""

    level: bool
    at: float
    start: float
    end: float
    is_drawn: bool

    def box(self) -> Box:
        """Give the box around the middle of the side: it touches the two cells beside it and no others."""
        third = (self.end - self.start) / 3
        first, last = self.start + third, self.end - third
        return (first, self.at - 1, last, self.at + 1) if self.level else (self.at - 1, first, self.at + 1, last)


def settle_sides(found: FoundRules) -> Settled:
    """Tell for each side in a page's tables whether it is drawn; what is drawn for the most part becomes a rule."""
    joined = join_rules(found.rules)
    lattices = build_lattices(joined)
    added = [
        Rule(side.level, side.at, side.start, side.end)
        for side in _sides(lattices)
        if not side.is_drawn and (_share(found, side) or 0.0) >= _DRAWN
    ]
    if added:
        joined = join_rules([*joined, *added])
        lattices = build_lattices(joined)
    unsure: list[Box] = []
    for lattice in lattices:
        shares = [(side, _share(found, side)) for side in _sides([lattice])]
        told = [(side, share) for side, share in shares if share is not None]
        doubted = [side.box() for side, share in told if (share < _MISSING if side.is_drawn else share > _OPEN)]
        worn = sum(side.is_drawn and share < _WHOLE for side, share in told)
        unsure += [lattice.box] if len(doubted) >= _MANY or worn > _WORN * len(told) else doubted
    return Settled(joined, lattices, unsure)


def _share(found: FoundRules, side: _Side) -> float | None:
    evidence = found.levels if side.level else found.uprights
    return evidence.share(side.at * POINT, side.start * POINT, side.end * POINT)


def _sides(lattices: Sequence[Lattice]) -> Iterator[_Side]:
    for lattice in lattices:
        for cell in lattice.cells:
            if lattice.xs and len(lattice.cells) > 1:
                yield from _sides_of(lattice, cell)


def _sides_of(lattice: Lattice, cell: LatticeCell) -> Iterator[_Side]:
    """Yield the sides within a cell, and its left and upper ones, by the raster's steps."""
    for row in range(cell.row, cell.row + cell.row_span):
        top, bottom = lattice.ys[row : row + 2]
        for col in range(cell.col, cell.col + cell.col_span):
            yield _Side(False, lattice.xs[col], top, bottom, col == cell.col)
    for col in range(cell.col, cell.col + cell.col_span):
        left, right = lattice.xs[col : col + 2]
        for row in range(cell.row, cell.row + cell.row_span):
            yield _Side(True, lattice.ys[row], left, right, row == cell.row)
