"""Cells that were merged and split by hand: the order of cells tells their columns where grid edges are a little off."""

from extractors.document import Cell, Grid
from extractors.docx.alignment import align_rows


def grid(*rows: tuple[tuple[int, int], ...]) -> Grid:
    """Build a grid of cells given by column and span; a cell's text is its number in the row."""
    cells = [Cell(r, col, f"{k}", 1, span) for r, row in enumerate(rows) for k, (col, span) in enumerate(row)]
    return Grid(1, len(rows), max(col + span for row in rows for col, span in row), tuple(cells))


def columns(found: Grid) -> list[list[int]]:
    return [[cell.col for cell in found.row_cells(row)] for row in range(found.n_rows)]


HEAD = ((0, 1), (1, 3), (4, 3), (7, 2), (9, 1))


def test_rows_off_by_a_grid_column_get_the_columns_of_the_first() -> None:
    off = ((0, 2), (2, 2), (4, 2), (6, 3), (9, 1))
    assert columns(align_rows(grid(HEAD, off, HEAD, off))) == [[0, 1, 4, 7, 9]] * 4


def test_rows_that_refine_the_columns_above_are_left_alone() -> None:
    wide = ((0, 2), (2, 2), (4, 2), (6, 4))
    fine = ((0, 1), (1, 1), (2, 2), (4, 2), (6, 4))
    assert columns(align_rows(grid(wide, fine))) == [[0, 2, 4, 6], [0, 1, 2, 4, 6]]


def test_rows_of_another_make_are_left_alone() -> None:
    """As many cells, but not the same columns: the second one stands under the first one's third."""
    other = ((0, 1), (1, 1), (2, 1), (3, 6), (9, 1))
    assert columns(align_rows(grid(HEAD, other)))[1] == [0, 1, 2, 3, 9]


def test_labels_and_values_need_no_columns() -> None:
    assert columns(align_rows(grid(((0, 2), (2, 4)), ((0, 3), (3, 3))))) == [[0, 2], [0, 3]]


def test_a_cell_merged_downwards_keeps_its_place() -> None:
    cells = [
        *(Cell(0, col, "head", 1, span) for col, span in HEAD),
        Cell(1, 0, "产出指标", 2, 1),
        *(Cell(1, col, "a", 1, span) for col, span in HEAD[1:]),
        *(Cell(2, col, "b", 1, span) for col, span in ((1, 2), (3, 3), (6, 3), (9, 1))),
    ]
    found = align_rows(Grid(1, 3, 10, tuple(cells)))
    assert columns(found) == [[0, 1, 4, 7, 9]] * 3
    assert found.cell_at(2, 0) is found.cell_at(1, 0)
