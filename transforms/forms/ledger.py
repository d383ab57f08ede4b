"""The account of cells: each non-empty cell is used for a field, ignored by a named rule, or unread."""

from collections.abc import Iterable

from extractors.document import Cell, Grid
from transforms.records import UnreadCell, UsedCell

IGNORED = "ignored:"


class Ledger:
    """Keeps what each cell of a document became; a cell may be used more than once (a merged level cell)."""

    def __init__(self) -> None:
        """Begin with no tables."""
        self._uses: dict[tuple[int, int, int], str] = {}
        self._cells: dict[tuple[int, int, int], Cell] = {}

    def open(self, grid: Grid) -> None:
        """Take the grid's non-empty cells into account."""
        for cell in grid.cells:
            if cell.text.strip():
                self._cells[grid.table_no, cell.row, cell.col] = cell

    def use(self, grid: Grid, cell: Cell | None, use: str) -> None:
        """Say what a cell became; the first word counts, save that a field replaces an ignore rule."""
        if cell is None:
            return
        key = (grid.table_no, cell.row, cell.col)
        known = self._uses.get(key)
        if known is None or (known.startswith(IGNORED) and not use.startswith(IGNORED)):
            self._uses[key] = use

    def ignore(self, grid: Grid, cells: Iterable[Cell], rule: str) -> None:
        """Say that cells are left out by a named rule."""
        for cell in cells:
            self.use(grid, cell, IGNORED + rule)

    def release(self, grid: Grid, cell: Cell) -> None:
        """Take back what was said of a cell: it is unread."""
        self._uses.pop((grid.table_no, cell.row, cell.col), None)

    def is_used(self, grid: Grid, cell: Cell) -> bool:
        """Tell whether a cell has been accounted for."""
        return (grid.table_no, cell.row, cell.col) in self._uses

    def used_cells(self) -> tuple[UsedCell, ...]:
        """Give every accounted cell with its use, in place order (row_no and col_no from 1)."""
        keys = sorted(key for key in self._cells if key in self._uses)
        return tuple(UsedCell(t, r + 1, c + 1, self._uses[t, r, c]) for t, r, c in keys)

    def unread_cells(self) -> tuple[UnreadCell, ...]:
        """Give every non-empty cell that nothing accounts for, in place order (row_no and col_no from 1)."""
        return tuple(
            UnreadCell(self._cells[t, r, c].page, t, r + 1, c + 1, self._cells[t, r, c].text, "no_meaning_found")
            for t, r, c in sorted(key for key in self._cells if key not in self._uses)
        )
