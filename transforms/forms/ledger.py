"""The account of cells: each non-empty cell is used for a field, ignored by a named rule, or unread."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from extractors.document import Cell, Grid
from transforms.records import UnreadCell, UsedCell

IGNORED = "ignored:"

_PROJECT_FIELDS = {
    "project_name": "project_name",
    "project_code": "project_code",
    "unit_name": "unit_name",
    "amount_total": "budget_raw",
    "amount_fiscal": "fiscal_raw",
    "amount_carryover": "carryover_raw",
    "amount_other": "other_raw",
    "column_adjusted": "adjusted_raw",
    "column_executed": "executed_raw",
    "column_rate": "execution_rate_raw",
    "column_score": "execution_score_raw",
    "column_weight": "execution_weight",
    "total_weight": "total_weight",
    "total_score": "total_score_raw",
    "money_unit": "money_unit_raw",
    "purpose": "purpose",
    "goal": "objective_text",
    "cumulative_pct": "pct_raw",
    # Columns of flat tables, which have a project's facts in every row.
    "budget": "budget_raw",
    "fiscal": "fiscal_raw",
    "other": "other_raw",
}
"""Role of a head's cell → the column of the project's records that keeps its text."""

_INDICATOR_FIELDS = {
    "level1": ("level1",),
    "level2": ("level2",),
    "name": ("indicator_raw",),
    "description": ("description",),
    "value": ("target_raw",),
    "grade_excellent": ("target_raw",),
    "sign": ("target_raw",),
    "unit": ("target_raw",),
    "name_value": ("indicator_raw", "target_raw"),
    "items": ("indicator_raw", "target_raw"),
    "places": ("target_raw",),
    "weight": ("weight_raw",),
    "basis": ("basis",),
    "actual": ("actual_raw",),
    "score": ("score_raw",),
    "reason": ("deviation_reason",),
    "direction": ("direction_raw",),
}
"""Role of a cell in an indicator's row → the columns of the indicator that keep its text."""

_Key = tuple[int, int, int]
_Spot = tuple[int, int]
_Reading = tuple[str, int | None, int | None]


class Ledger:
    """Keeps what each cell of a document became; a cell may be used more than once (a merged level cell)."""

    def __init__(self) -> None:
        """Begin with no tables."""
        self._uses: dict[_Key, str] = {}
        self._cells: dict[_Key, Cell] = {}
        self._readings: dict[_Key, dict[_Reading, None]] = {}
        self._project_no: int | None = None
        self._leads: dict[int, Callable[[int, int], _Key]] = {}
        self._views: list[Grid] = []

    def open(self, grid: Grid) -> None:
        """Take the grid's non-empty cells into account."""
        for cell in grid.cells:
            if cell.text.strip():
                self._cells[self.place(grid, cell)] = cell

    @contextmanager
    def heading(self, project_no: int) -> Iterator[None]:
        """Take the cells used from here on for the head of this project."""
        self._project_no = project_no
        try:
            yield
        finally:
            self._project_no = None

    def lead_back(self, view: Grid, grid: Grid, columns: Sequence[int]) -> None:
        """Say which columns of a grid (itself a view, or a table) the columns of a view are."""
        self._keep(view, lambda row, col: self._at(grid, row, columns[col]))

    def lead_back_joined(self, view: Grid, first: Grid, second: Grid) -> None:
        """Say that a view's columns are those of one grid, and behind them those of another one with the same rows."""
        width = first.n_cols
        self._keep(
            view, lambda row, col: self._at(first, row, col) if col < width else self._at(second, row, col - width)
        )

    def lead_back_turned(self, view: Grid, grid: Grid, first_row: int, first_col: int) -> None:
        """Say that a view's rows are a grid's columns from ``first_col`` on, its columns the rows from ``first_row`` on."""
        self._keep(view, lambda row, col: self._at(grid, first_row + col, first_col + row))

    def lead_back_places(self, view: Grid, spots: Mapping[_Spot, _Spot]) -> None:
        """Say where in the document's table each cell of a view stands."""
        self._keep(view, lambda row, col: (view.table_no, *spots.get((row, col), spots[row, 0])))

    def _keep(self, view: Grid, lead: Callable[[int, int], _Key]) -> None:
        self._leads[id(view)] = lead
        self._views.append(view)  # kept, so that its id stays its own

    def spot(self, grid: Grid, row: int, col: int) -> _Spot:
        """Give the row and column (from 0) in the document's table of a place in a grid or view."""
        return self._at(grid, row, col)[1:]

    def table_no(self, grid: Grid, row: int, col: int) -> int:
        """Give the number of the document's table that a place in a grid or view belongs to."""
        return self._at(grid, row, col)[0]

    def _at(self, grid: Grid, row: int, col: int) -> _Key:
        lead = self._leads.get(id(grid))
        return lead(row, col) if lead is not None else (grid.table_no, row, col)

    def place(self, grid: Grid, cell: Cell) -> _Key:
        """Give the table, row and column (from 0) of a cell in the document."""
        return self._at(grid, cell.row, cell.col)

    def text_at(self, table_no: int, row_no: int, col_no: int) -> str:
        """Give the text of a cell of the document by its place (from 1), "" where none begins there."""
        cell = self._cells.get((table_no, row_no - 1, col_no - 1))
        return cell.text if cell is not None else ""

    def use(self, grid: Grid, cell: Cell | None, use: str) -> None:
        """Say what a cell became; the first word counts, save that a field replaces an ignore rule."""
        if cell is None:
            return
        key = self.place(grid, cell)
        known = self._uses.get(key)
        if known is None or (known.startswith(IGNORED) and not use.startswith(IGNORED)):
            self._uses[key] = use
        if self._project_no is not None and use in _PROJECT_FIELDS:
            self._read(key, _PROJECT_FIELDS[use], self._project_no, None)

    def read_row(self, grid: Grid, cells: Mapping[str, Iterable[Cell]], project_no: int, indicator_no: int) -> None:
        """Say which indicator, and which project, was read from the cells of a row; ``cells`` are given by role."""
        for role, found in cells.items():
            for cell in found:
                key = self.place(grid, cell)
                for field in _INDICATOR_FIELDS.get(role, ()):
                    self._read(key, field, project_no, indicator_no)
                if role in _PROJECT_FIELDS:
                    self._read(key, _PROJECT_FIELDS[role], project_no, None)

    def ignore(self, grid: Grid, cells: Iterable[Cell], rule: str) -> None:
        """Say that cells are left out by a named rule."""
        for cell in cells:
            self.use(grid, cell, IGNORED + rule)

    def release(self, grid: Grid, cell: Cell) -> None:
        """Take back what was said of a cell: it is unread."""
        self._uses.pop(self.place(grid, cell), None)
        self._readings.pop(self.place(grid, cell), None)

    def is_used(self, grid: Grid, cell: Cell) -> bool:
        """Tell whether a cell has been accounted for."""
        return self.place(grid, cell) in self._uses

    def used_cells(self) -> tuple[UsedCell, ...]:
        """Give every accounted cell with its use, in place order (row_no and col_no from 1), once for each reading."""
        return tuple(
            UsedCell(self._cells[t, r, c].page, t, r + 1, c + 1, self._uses[t, r, c], *reading)
            for t, r, c in sorted(key for key in self._cells if key in self._uses)
            for reading in self._readings.get((t, r, c), {(None, None, None): None})
        )

    def unread_cells(self) -> tuple[UnreadCell, ...]:
        """Give every non-empty cell that nothing accounts for, in place order (row_no and col_no from 1)."""
        return tuple(
            UnreadCell(self._cells[t, r, c].page, t, r + 1, c + 1, self._cells[t, r, c].text, "no_meaning_found")
            for t, r, c in sorted(key for key in self._cells if key not in self._uses)
        )

    def _read(self, key: _Key, field: str, project_no: int, indicator_no: int | None) -> None:
        self._readings.setdefault(key, {})[field, project_no, indicator_no] = None
