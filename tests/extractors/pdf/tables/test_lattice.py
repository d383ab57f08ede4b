"""Ruling lines → cells, from lines given by hand."""

from hypothesis import given
from hypothesis import strategies as st

from extractors.pdf.page import Rule
from extractors.pdf.tables.lattice import find_lattices, join_rules


def level(at: float, start: float, end: float) -> Rule:
    return Rule(True, at, start, end, 0.5)


def upright(at: float, start: float, end: float) -> Rule:
    return Rule(False, at, start, end, 0.5)


def grid(xs: list[float], ys: list[float]) -> list[Rule]:
    return [level(y, xs[0], xs[-1]) for y in ys] + [upright(x, ys[0], ys[-1]) for x in xs]


def test_dashes_join_and_short_strokes_are_dropped() -> None:
    dashes = [level(50, x, x + 3) for x in range(0, 100, 5)]
    assert join_rules([*dashes, level(80, 10, 12)]) == [level(50, 0, 98)]


def test_an_underline_inside_a_cell_makes_no_row() -> None:
    (found,) = find_lattices([*grid([0, 100, 200], [0, 40, 80]), level(30, 1, 60)])
    assert (len(found.ys), len(found.cells)) == (3, 4)


def test_a_narrow_table_under_a_wide_one_does_not_fill_the_space_beside_it() -> None:
    rules = grid([0, 100, 200, 300], [0, 20, 40]) + grid([0, 100, 200], [40, 60, 80])
    (found,) = find_lattices(rules)
    assert [(cell.row, cell.col) for cell in found.cells] == [
        *((row, col) for row in (0, 1) for col in (0, 1, 2)),
        *((row, col) for row in (2, 3) for col in (0, 1)),
    ]


def test_lines_that_only_lie_above_each_other_are_no_table() -> None:
    assert find_lattices([level(50, 30, 500), level(800, 30, 500)]) == []


def test_a_region_that_is_no_rectangle_is_cut_into_rectangles() -> None:
    rules = [*grid([0, 200], [0, 80]), level(40, 0, 100), upright(100, 0, 80)]
    (found,) = find_lattices(rules)
    assert [(cell.row, cell.col, cell.row_span, cell.col_span) for cell in found.cells] == [
        (0, 0, 1, 1),
        (0, 1, 2, 1),
        (1, 0, 1, 1),
    ]


@st.composite
def merged_tables(draw: st.DrawFn) -> tuple[list[float], list[float], set[tuple[int, int, int, int]]]:
    """Draw column and row edges and cells that tile them; each cell is one box or spans two rows or columns."""
    xs = [30.0]
    ys = [40.0]
    for edges in (xs, ys):
        for _ in range(draw(st.integers(2, 5))):
            edges.append(edges[-1] + draw(st.floats(8, 120)))
    free = {(row, col) for row in range(len(ys) - 1) for col in range(len(xs) - 1)}
    cells = set()
    for row in range(len(ys) - 1):
        for col in range(len(xs) - 1):
            if (row, col) not in free:
                continue
            wide = (row, col + 1) in free and draw(st.integers(0, 4)) == 0
            tall = not wide and (row + 1, col) in free and draw(st.integers(0, 4)) == 0
            cell = (row, col, 1 + tall, 1 + wide)
            free -= {(row, col), (row + tall, col + wide)}
            cells.add(cell)
    return xs, ys, cells


@given(merged_tables(), st.booleans())
def test_cells_drawn_one_by_one_are_found_again(
    table: tuple[list[float], list[float], set[tuple[int, int, int, int]]], twice: bool
) -> None:
    xs, ys, cells = table
    rules = []
    for row, col, height, width in cells:
        x0, x1, top, bottom = xs[col], xs[col + width], ys[row], ys[row + height]
        rules += [level(top, x0, x1), level(bottom, x0, x1), upright(x0, top, bottom), upright(x1, top, bottom)]
    (found,) = find_lattices(rules * (1 + twice))
    boxes = {(xs[c], ys[r], xs[c + w], ys[r + h]) for r, c, h, w in cells}
    assert {cell.box for cell in found.cells} == boxes
