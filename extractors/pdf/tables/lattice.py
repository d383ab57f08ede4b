"""Ruling lines → lattices: which boxes of a page are cells, with merged cells spanning rows and columns.

Every crossing of the lines of one connected figure spans a raster; two raster boxes with no line between them are one
cell. Works on the rules of any ``PageContent``, also on lines detected in a scan.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from extractors.document import Box
from extractors.pdf.page import Rule
from extractors.pdf.tables.boxes import cut_rectangles, drawn_sides

SNAP = 3.0
"""Lines closer than this are one line drawn twice (double borders, neighbouring cells' own borders)."""


class LatticeCell(NamedTuple):
    """One cell: its place and span in the raster and its box; ``open_sides`` counts sides that no line closes."""

    row: int
    col: int
    row_span: int
    col_span: int
    box: Box
    open_sides: int = 0


@dataclass(frozen=True, slots=True)
class Lattice:
    """One ruled figure: the x positions of its columns' edges, the y positions of its rows' edges, and its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[LatticeCell, ...]

    @property
    def box(self) -> Box:
        """Give the box around the whole figure."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def find_lattices(rules: Iterable[Rule]) -> list[Lattice]:
    """Find the ruled figures of a page, top to bottom; single boxes are given too (a table's rest may be one)."""
    return build_lattices(join_rules(rules))


def build_lattices(joined: list[Rule]) -> list[Lattice]:
    """Do as ``find_lattices`` for rules whose pieces are joined already."""
    lattices = []
    for figure in _figures(joined):
        lattice = _build_lattice(figure)
        if lattice is not None:
            lattices.append(lattice)
    return sorted(lattices, key=lambda lattice: (lattice.ys[0], lattice.xs[0]))


def join_rules(rules: Iterable[Rule], shortest: float = 4.0) -> list[Rule]:
    """Join pieces of one line (dashes, one piece a cell, lines drawn twice); pieces that stay short are dropped."""
    joined: list[Rule] = []
    for level in (True, False):
        group: list[Rule] = []
        for rule in sorted((r for r in rules if r.level == level), key=lambda r: r.at):
            if group and rule.at - group[0].at > 1.0:
                joined += _join_collinear(group)
                group = []
            group.append(rule)
        joined += _join_collinear(group)
    return [rule for rule in joined if rule.end - rule.start >= shortest]


def _join_collinear(group: list[Rule]) -> list[Rule]:
    joined: list[Rule] = []
    for rule in sorted(group, key=lambda r: r.start):
        last = joined[-1] if joined else None
        if last is not None and rule.start <= last.end + SNAP:
            longer = last if last.end - last.start >= rule.end - rule.start else rule
            joined[-1] = Rule(
                rule.level, longer.at, last.start, max(last.end, rule.end), max(last.thickness, rule.thickness)
            )
        else:
            joined.append(rule)
    return joined


def _figures(rules: list[Rule]) -> list[list[Rule]]:
    """Group rules that touch or cross each other."""
    levels = sorted((r for r in rules if r.level), key=lambda r: r.at)
    uprights = [r for r in rules if not r.level]
    heights = [r.at for r in levels]
    parent = list(range(len(levels) + len(uprights)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for u, upright in enumerate(uprights):
        first = bisect_left(heights, upright.start - SNAP)
        for k in range(first, bisect_right(heights, upright.end + SNAP)):
            if levels[k].start - SNAP <= upright.at <= levels[k].end + SNAP:
                parent[root(k)] = root(len(levels) + u)
    groups: dict[int, list[Rule]] = {}
    for i, rule in enumerate(levels + uprights):
        groups.setdefault(root(i), []).append(rule)
    return [group for group in groups.values() if len(group) > 2]


def _positions(values: Iterable[float]) -> list[float]:
    """Give the distinct positions among values, those within SNAP of each other as their middle."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= SNAP and value - groups[-1][0] <= 2 * SNAP:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [(group[0] + group[-1]) / 2 for group in groups]


def _build_lattice(figure: list[Rule]) -> Lattice | None:
    levels = [r for r in figure if r.level]
    uprights = [r for r in figure if not r.level]
    if not levels or not uprights:
        return None
    xs, open_left, open_right = _edges([r.at for r in uprights], levels)
    ys, open_top, open_bottom = _edges([r.at for r in levels], uprights)
    if len(xs) < 2 or len(ys) < 2:
        return None
    raster = _Raster(xs, ys, levels, uprights)
    raster.close_open_edges(open_left, open_right, open_top, open_bottom)
    cells = raster.cells()
    return _compact(xs, ys, cells) if cells else None


def _edges(positions: list[float], crossing: list[Rule]) -> tuple[list[float], bool, bool]:
    """Give the raster positions, adding the ends of the crossing lines where a table has no outer line there."""
    edges = _positions(positions)
    first, last = min(r.start for r in crossing), max(r.end for r in crossing)
    open_first, open_last = first < edges[0] - 2 * SNAP, last > edges[-1] + 2 * SNAP
    return [first] * open_first + edges + [last] * open_last, open_first, open_last


class _Raster:
    """The boxes between all positions of a figure's lines, and which of their sides are drawn."""

    def __init__(self, xs: list[float], ys: list[float], levels: list[Rule], uprights: list[Rule]) -> None:
        self.xs, self.ys = xs, ys
        self.n_rows, self.n_cols = len(ys) - 1, len(xs) - 1
        self.level_sides = drawn_sides(ys, xs, levels)
        self.upright_sides = drawn_sides(xs, ys, uprights)

    def close_open_edges(self, left: bool, right: bool, top: bool, bottom: bool) -> None:
        """Close the outer sides of a table without outer lines, where its inner lines reach out that far."""
        for open_edge, x, col in ((left, 0, 0), (right, self.n_cols, self.n_cols - 1)):
            if open_edge:
                for row in range(self.n_rows):
                    if self.level_sides[row][col] or self.level_sides[row + 1][col]:
                        self.upright_sides[x][row] = True
        for open_edge, y, row in ((top, 0, 0), (bottom, self.n_rows, self.n_rows - 1)):
            if open_edge:
                for col in range(self.n_cols):
                    if self.upright_sides[col][row] or self.upright_sides[col + 1][row]:
                        self.level_sides[y][col] = True

    def cells(self) -> list[LatticeCell]:
        """Merge raster boxes that no line separates; figures left open on two sides are not cells."""
        xs, ys = self.xs, self.ys
        cells = []
        for boxes in self._regions():
            for row, col, row_span, col_span in cut_rectangles(boxes):
                open_sides = self._open_sides(row, col, row_span, col_span)
                if open_sides < 2:
                    box = (xs[col], ys[row], xs[col + col_span], ys[row + row_span])
                    cells.append(LatticeCell(row, col, row_span, col_span, box, open_sides))
        cells.sort()
        return cells

    def _regions(self) -> list[list[tuple[int, int]]]:
        uprights, levels = self.upright_sides, self.level_sides
        seen = [[False] * self.n_cols for _ in range(self.n_rows)]
        regions = []
        for row in range(self.n_rows):
            above, below = levels[row], levels[row + 1]
            for col in range(self.n_cols):
                if above[col] and below[col] and uprights[col][row] and uprights[col + 1][row]:
                    regions.append([(row, col)])
                elif not seen[row][col]:
                    regions.append(self._flood(row, col, seen))
        return regions

    def _flood(self, row: int, col: int, seen: list[list[bool]]) -> list[tuple[int, int]]:
        seen[row][col] = True
        region, waiting = [], [(row, col)]
        while waiting:
            row, col = waiting.pop()
            region.append((row, col))
            around = []
            if not self.upright_sides[col + 1][row] and col + 1 < self.n_cols:
                around.append((row, col + 1))
            if not self.upright_sides[col][row] and col:
                around.append((row, col - 1))
            if not self.level_sides[row + 1][col] and row + 1 < self.n_rows:
                around.append((row + 1, col))
            if not self.level_sides[row][col] and row:
                around.append((row - 1, col))
            for r, c in around:
                if not seen[r][c]:
                    seen[r][c] = True
                    waiting.append((r, c))
        return region

    def _open_sides(self, row: int, col: int, row_span: int, col_span: int) -> int:
        """Count the sides on the figure's outline that are mostly not drawn; inside it, all are."""
        if row and col and row + row_span < self.n_rows and col + col_span < self.n_cols:
            return 0
        sides = []
        if col == 0:
            sides.append(self.upright_sides[0][row : row + row_span])
        if col + col_span == self.n_cols:
            sides.append(self.upright_sides[-1][row : row + row_span])
        if row == 0:
            sides.append(self.level_sides[0][col : col + col_span])
        if row + row_span == self.n_rows:
            sides.append(self.level_sides[-1][col : col + col_span])
        return sum(2 * side.count(True) < len(side) for side in sides)


def _compact(xs: list[float], ys: list[float], cells: list[LatticeCell]) -> Lattice:
    """Drop raster positions at which no cell begins or ends (underlines, strike-outs, stray strokes)."""
    cols = sorted({cell.col for cell in cells} | {cell.col + cell.col_span for cell in cells})
    rows = sorted({cell.row for cell in cells} | {cell.row + cell.row_span for cell in cells})
    if len(cols) == len(xs) and len(rows) == len(ys):
        return Lattice(tuple(xs), tuple(ys), tuple(cells))
    new_col = {old: new for new, old in enumerate(cols)}
    new_row = {old: new for new, old in enumerate(rows)}
    moved = tuple(
        LatticeCell(
            new_row[cell.row],
            new_col[cell.col],
            new_row[cell.row + cell.row_span] - new_row[cell.row],
            new_col[cell.col + cell.col_span] - new_col[cell.col],
            cell.box,
            cell.open_sides,
        )
        for cell in cells
    )
    return Lattice(tuple(xs[c] for c in cols), tuple(ys[r] for r in rows), moved)
