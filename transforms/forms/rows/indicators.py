"""The rows below an indicator table's heading: cells by role, levels carried down."""

from dataclasses import dataclass, field, replace

from extractors.document import Cell, Grid
from transforms.forms.cut_text import join_texts
from transforms.forms.ledger import Ledger
from transforms.forms.rows.columns import PROJECT_ROLES
from transforms.forms.rows.heading import Column, Heading
from transforms.names.levels import is_legal_pair, read_level1, read_level2

CARRIED_ROLES = frozenset({"level1", "level2", "basis"}) | PROJECT_ROLES
MERGED_ROLES = frozenset({"value", "sign", "unit", "actual", "description", "direction"})
"""A cell of these that is merged down says the same of each row it covers; points (分值) are one sum for all of them."""


@dataclass(slots=True)
class IndicatorRow:
    """One row by role. ``texts`` has the row's text for a role; a level or project cell merged from above counts.

    ``fresh`` holds the roles whose cell begins in this row with text. ``cells`` are the cells behind each role.
    ``tails`` are the texts of project cells that a page break cut off and that stand at the top of the next page.
    ``items`` are level 2, name, text and cells of the columns that are a level 2 each (项目名称 | 数量指标 | 质量指标).
    """

    row: int
    texts: dict[str, str]
    cells: dict[str, list[Cell]]
    fresh: set[str]
    starts_page: bool
    parts: list[str] = field(default_factory=list)
    tails: dict[str, str] = field(default_factory=dict)
    items: list[tuple[str, str, str, list[Cell]]] = field(default_factory=list)

    def text(self, role: str) -> str:
        """Give the row's text for a role, "" where there is none."""
        return self.texts.get(role, "")


def one_line(text: str) -> str:
    """Join the lines of a cell: names, levels and targets have no line breaks of their own."""
    lines = [line.strip() for line in text.split("\n")]
    joined = ""
    for line in lines:
        joined = join_texts(joined, line)
    return joined


def read_row(grid: Grid, row: int, heading: Heading, ledger: Ledger) -> IndicatorRow:
    """Sort a row's cells by the columns of the heading; sign, value and unit under one heading stand in ``parts``."""
    texts: dict[str, str] = {}
    cells: dict[str, list[Cell]] = {}
    fresh: set[str] = set()
    parts: list[str] = []
    items: list[tuple[str, str, str, list[Cell]]] = []
    claimed: set[int] = set()
    shift = _shift_of(grid, row, heading)
    for column in heading.columns:
        if shift:
            if column.role == "side":
                continue
            column = replace(column, start=column.start - shift, stop=column.stop - shift)
        if column.role in ("unknown", "side"):
            _use_side(grid, row, column, ledger)
            continue
        found = [cell for cell in _cells_of(grid, row, column) if id(cell) not in claimed]
        found = [cell for cell in found if cell.row == row or column.role in CARRIED_ROLES | MERGED_ROLES]
        claimed.update(id(cell) for cell in found)
        written = [cell for cell in found if cell.text.strip()]
        if column.role == "value" and len(written) > 1:
            parts = [cell.text.strip() for cell in written]
        if column.role == "places":
            parts += [f"{one_line(column.heading)}：{one_line(cell.text)}" for cell in written]
            cells["places"] = cells.get("places", []) + found
            fresh |= {"places"} if written else set()
            texts["places"] = "；".join(parts)
            continue
        if column.role == "items":
            if written:
                items.append((column.heading, column.name, "\n".join(cell.text for cell in written), written))
            continue
        text = "".join(cell.text for cell in written) if column.role != "goal" else "\n".join(c.text for c in written)
        cells[column.role] = cells.get(column.role, []) + found
        if texts.get(column.role):
            continue
        texts[column.role] = text
        if any(cell.row == row for cell in written):
            fresh.add(column.role)
    for column in heading.ignored:
        ledger.ignore(grid, _cells_of(grid, row, column), "other_period")
    return IndicatorRow(row, texts, cells, fresh, row in grid.page_starts, parts, items=items)


def _shift_of(grid: Grid, row: int, heading: Heading) -> int:
    """Give by how many columns a row stands too far left: its level 1 stands below the side label left of 一级指标.

    A table that was merged and split by hand loses the side label's last places; its cells keep their order.
    """
    level1, side = heading.column("level1"), heading.column("side")
    if level1 is None or side is None or side.stop != level1.start:
        return 0
    cell = grid.cell_at(row, side.start)
    beside = grid.cell_at(row, level1.start)
    if cell is None or cell.row != row or beside is None or beside.row != row:
        return 0
    shifted = read_level1(cell.text) is not None and read_level1(beside.text) is None
    return level1.start - side.start if shifted and read_level2(beside.text) is not None else 0


def _use_side(grid: Grid, row: int, column: Column, ledger: Ledger) -> None:
    if column.role == "side":
        ledger.ignore(grid, _cells_of(grid, row, column), "side_label")


def _cells_of(grid: Grid, row: int, column: Column) -> list[Cell]:
    """Give the cells of a row that belong to a column: those that begin in it, or that cover its beginning."""
    found: list[Cell] = []
    for col in range(column.start, column.stop):
        cell = grid.cell_at(row, col)
        if cell is None or cell in found:
            continue
        begins_here = column.start <= cell.col < column.stop
        if begins_here or (col == column.start and cell.col < column.start):
            found.append(cell)
    return found


def carry_down(rows: list[IndicatorRow], before: IndicatorRow | None = None) -> None:
    """Fill blank level and project cells from the row above; a new level 1 ends the level 2 before it.

    A level 1 that cannot stand above the row's level 2 is not carried: a page break may have moved the right one
    into a row below, which is then taken; else level 1 stays blank.
    """
    carried = {role: before.text(role) for role in ("level1", "level2", *PROJECT_ROLES)} if before is not None else {}
    cells: dict[str, list[Cell]] = {}
    for index, row in enumerate(rows):
        if row.text("level1") and row.text("level1") != carried.get("level1"):
            carried.pop("level2", None)
        if "project_name" in row.fresh:
            carried, cells = {}, {}
        for role in ("level1", "level2", *sorted(PROJECT_ROLES)):
            if row.text(role).strip():
                carried[role], cells[role] = row.texts[role], row.cells.get(role, [])
            elif role == "level1" and carried.get(role) and _is_illegal(carried[role], row.text("level2")):
                row.texts[role] = _level1_below(rows[index + 1 :], row.text("level2"))
                carried.pop("level2", None)
            elif role in carried:
                row.texts[role] = carried[role]
                row.cells[role] = cells.get(role, [])


def _is_illegal(level1: str, level2: str) -> bool:
    return read_level1(level1) is not None and read_level2(level2) is not None and not is_legal_pair(level1, level2)


def _level1_below(rows: list[IndicatorRow], level2: str) -> str:
    below = next((row.text("level1") for row in rows if row.text("level1")), "")
    return below if is_legal_pair(below, level2) else ""
