"""The head of a project's form: labels and the values that stand to their right or below."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.document import Cell, Grid, own_cells
from transforms.forms.heads.inline import split_pairs
from transforms.forms.heads.plan import find_month, parse_percent
from transforms.forms.heads.rows import GOAL_ROLES, is_unit_row
from transforms.forms.labels import bracket_hint, find_head_role, find_ignored_row, label_key, split_inline
from transforms.forms.ledger import Ledger
from transforms.numbers.money import find_money_unit, is_whole_amount
from transforms.words.folding import fold

AMOUNT_ROLES = frozenset({"amount_total", "amount_fiscal", "amount_other", "amount_carryover", "amount_part"})
COLUMN_ROLES = frozenset(
    {
        *("column_initial", "column_adjusted", "column_executed", "column_weight", "column_rate", "column_score"),
        "column_monitor",
    }
)
_YEAR_NOTE = re.compile(r"^[(]?(20\d\d)年?度?[)]?$")
_UNIT_NOTE = re.compile(r"单位[:]")


@dataclass(slots=True)
class HeadValue:
    """A value found for a label: its text, the label's, the units its label and group state, and its row."""

    text: str
    label: str
    row: int
    units: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Head:
    """What a project's head says; ``plan`` maps month → (text, row). Amounts by role, as filed."""

    values: dict[str, list[HeadValue]] = field(default_factory=dict)
    plan: dict[int, HeadValue] = field(default_factory=dict)
    money_unit: str | None = None
    unit_line: str | None = None
    year: int | None = None
    first_row: int | None = None

    def add(self, role: str, value: HeadValue) -> None:
        """Keep a value; the first non-empty one of a role counts, later ones are kept behind it."""
        self.values.setdefault(role, []).append(value)

    def first(self, role: str) -> HeadValue | None:
        """Give the first value of a role that is not blank."""
        return next((value for value in self.values.get(role, []) if value.text.strip()), None)


def read_head(grid: Grid, rows: range, head: Head, ledger: Ledger) -> None:
    """Read the rows of a head into ``head``: label and value side by side, label above value, amounts in a matrix."""
    columns: dict[str, Cell] = {}
    taken: set[int] = set()
    for row in rows:
        if head.first_row is None and any(cell.text.strip() for cell in own_cells(grid, row)):
            head.first_row = row
        headings = _matrix_headings(grid, row)
        if headings:
            columns = headings
            for cell in headings.values():
                ledger.ignore(grid, [cell], "label")
        for cell in own_cells(grid, row):
            if cell.text.strip() and id(cell) not in taken and not (headings and cell in headings.values()):
                _read_cell(grid, cell, rows, columns, head, ledger, taken)


def _matrix_headings(grid: Grid, row: int) -> dict[str, Cell]:
    found = {role: cell for cell in own_cells(grid, row) if (role := find_head_role(cell.text)) in COLUMN_ROLES}
    return found if len(found) >= 2 else {}


def _read_cell(
    grid: Grid, cell: Cell, rows: range, columns: dict[str, Cell], head: Head, ledger: Ledger, taken: set[int]
) -> None:
    role = find_head_role(cell.text)
    month = find_month(cell.text)
    if month is not None and role is None:
        _read_month(grid, cell, month, rows, head, ledger, taken)
    elif role is None:
        _read_unlabelled(grid, cell, rows, head, ledger, taken)
    elif role in AMOUNT_ROLES and columns and any(cell.row > c.row for c in columns.values()):
        _read_matrix_row(grid, cell, role, columns, head, ledger, taken)
    elif role in ("plan", "budget_group"):
        ledger.ignore(grid, [cell], "label")
        _read_group(grid, cell, role, head, ledger, taken)
    elif role in COLUMN_ROLES:
        _read_pair(grid, cell, "amount_total" if role == "column_initial" else role, rows, head, ledger, taken)
    else:
        _read_pair(grid, cell, role, rows, head, ledger, taken)


def _read_pair(grid: Grid, cell: Cell, role: str, rows: range, head: Head, ledger: Ledger, taken: set[int]) -> None:
    """Read the value of a label: to its right, or below where labels stand side by side."""
    ledger.ignore(grid, [cell], "label")
    values = [c for c in _right_of(grid, cell) if id(c) not in taken]
    if values and all(_is_label(c) for c in values[:1]):
        group = role in GOAL_ROLES and find_head_role(values[0].text) in GOAL_ROLES and cell.row_span > 1
        values = [] if group else _below(grid, cell, rows)
    elif not values:
        values = [c for c in _below(grid, cell, rows) if cell.col > 0 or grid.n_cols == cell.col_span]
    values = [c for c in values if id(c) not in taken]
    if not values:
        return
    if role in AMOUNT_ROLES or role in (
        "project_name",
        "project_code",
        "unit_name",
        "column_executed",
        "column_adjusted",
    ):
        values = [_first_filled(values, role)]
    text = "\n".join(c.text for c in values if c.text.strip())
    taken.update(id(c) for c in values)
    for value in values:
        ledger.use(grid, value, _use_of(role))
    head.add(role, HeadValue(text, cell.text, values[0].row, _units_of(grid, cell)))


def _first_filled(values: list[Cell], role: str) -> Cell:
    """Give the value beside a label, or the one behind blank cells (columns that this row does not need)."""
    if values[0].text.strip():
        return values[0]
    fitting = (c for c in values if (is_whole_amount(c.text) if role in AMOUNT_ROLES else c.text.strip()))
    return next(fitting, values[0])


def _use_of(role: str) -> str:
    ignored = {
        "person": "personal_data",
        "opinion": "opinion",
        "amount_part": "funding_source_detail",
        "goal_long": "other_period",
        "amount_long": "other_period",
        "column_monitor": "execution_so_far",
    }
    if role in ignored:
        return f"ignored:{ignored[role]}"
    return {"attribute": "ignored:project_attribute", "department": "ignored:department"}.get(role, role)


def _right_of(grid: Grid, cell: Cell) -> list[Cell]:
    """Give the cells right of a label up to the next label, in each row that the label covers."""
    found: list[Cell] = []
    for row in range(cell.row, cell.row + cell.row_span):
        col = cell.col + cell.col_span
        first = True
        while col < grid.n_cols:
            other = grid.cell_at(row, col)
            if other is None:
                break
            if _is_label(other):
                if first and row == cell.row:
                    return [other]
                break
            if other.row == row and other not in found:
                found.append(other)
            col = other.col + other.col_span
            if not first and other.text.strip():
                break
            first = False
    return found


def _is_label(cell: Cell) -> bool:
    return find_head_role(cell.text) is not None or find_month(cell.text) is not None


def _below(grid: Grid, cell: Cell, rows: range) -> list[Cell]:
    row = cell.row + cell.row_span
    if row not in rows:
        return []
    below = grid.cell_at(row, cell.col)
    if below is None or below.row != row or _is_label(below) or not below.text.strip():
        return []
    return [below]


def _units_of(grid: Grid, cell: Cell) -> list[str]:
    """Give the money units that a label and the labels left of it state, nearest first."""
    units = [unit for unit in [find_money_unit(f"({bracket_hint(cell.text) or ''})")] if unit]
    col = cell.col - 1
    while col >= 0:
        left = grid.cell_at(cell.row, col)
        if left is None:
            break
        unit = find_money_unit(f"({bracket_hint(left.text) or ''})") if find_head_role(left.text) else None
        if unit:
            units.append(unit)
        col = left.col - 1
    return units


def _read_matrix_row(
    grid: Grid, cell: Cell, role: str, columns: dict[str, Cell], head: Head, ledger: Ledger, taken: set[int]
) -> None:
    """Read 年度资金总额 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分."""
    ledger.ignore(grid, [cell], "label")
    for column, heading in columns.items():
        value = grid.cell_at(cell.row, heading.col)
        if value is None or value is cell or value.row != cell.row:
            continue
        taken.add(id(value))
        units = _units_of(grid, heading) + _units_of(grid, cell)
        found = HeadValue(value.text, cell.text, cell.row, units)
        if column == "column_initial" or (column == "column_adjusted" and "column_initial" not in columns):
            ledger.use(grid, value, role)
            head.add(role, found)
        elif role == "amount_total" and column in ("column_adjusted", "column_executed", "column_rate"):
            ledger.use(grid, value, column)
            head.add(column, found)
        else:
            ledger.ignore(
                grid,
                [value],
                _MATRIX_RULES.get(column, "funding_source_detail"),
            )


_MATRIX_RULES = {
    "column_weight": "execution_score",
    "column_score": "execution_score",
    "column_monitor": "execution_so_far",
}


def _read_month(grid: Grid, cell: Cell, month: int, rows: range, head: Head, ledger: Ledger, taken: set[int]) -> None:
    """Read a plan's point: the share stands right of the month, or below it."""
    right = grid.cell_at(cell.row, cell.col + cell.col_span)
    below = grid.cell_at(cell.row + cell.row_span, cell.col) if cell.row + cell.row_span in rows else None
    for value in (right, below):
        if value is not None and parse_percent(value.text) is not None and id(value) not in taken:
            ledger.ignore(grid, [cell], "label")
            ledger.use(grid, value, "cumulative_pct")
            taken.add(id(value))
            head.plan[month] = HeadValue(value.text, cell.text, value.row)
            return
    if below is not None and not below.text.strip():
        ledger.ignore(grid, [cell], "label")


def _read_group(grid: Grid, cell: Cell, role: str, head: Head, ledger: Ledger, taken: set[int]) -> None:
    """Read what stands right of a group label without a label of its own: the purpose, or the one amount."""
    if role != "budget_group":
        return
    for value in _free_cells(grid, cell):
        if id(value) in taken or not value.text.strip():
            continue
        if is_whole_amount(value.text):
            if value.row == cell.row:
                taken.add(id(value))
                ledger.use(grid, value, "amount_total")
                head.add(
                    "amount_total", HeadValue(value.text, cell.text, value.row, _units_of(grid, cell) + _own_hint(cell))
                )
        elif len(value.text.strip()) > 1 and split_inline(value.text) is None:
            taken.add(id(value))
            ledger.use(grid, value, "purpose")
            head.add("purpose", HeadValue(value.text, cell.text, value.row))


def _own_hint(cell: Cell) -> list[str]:
    unit = find_money_unit(f"({bracket_hint(cell.text) or ''})")
    return [unit] if unit else []


def _free_cells(grid: Grid, cell: Cell) -> Iterator[Cell]:
    """Yield the cells right of a group label that follow no label of their own row."""
    for row in range(cell.row, cell.row + cell.row_span):
        other = grid.cell_at(row, cell.col + cell.col_span)
        if other is not None and other.row == row and not _is_label(other):
            yield other


def _read_unlabelled(grid: Grid, cell: Cell, rows: range, head: Head, ledger: Ledger, taken: set[int]) -> None:
    """Read a text that names itself: "单位：万元", "项目名称：…", a unit line, a year, a form's title."""
    text = fold(cell.text).strip()
    key = label_key(cell.text)
    if (unit := find_money_unit(text)) and len(key) <= 16:
        head.money_unit = head.money_unit or unit
        ledger.use(grid, cell, "money_unit")
    elif (pair := split_inline(cell.text)) is not None:
        _read_inline(grid, cell, pair, head, ledger)
    elif year := _YEAR_NOTE.match(key):
        head.year = int(year.group(1))
        ledger.use(grid, cell, "fiscal_year")
    elif is_unit_row([cell]):
        head.unit_line = head.unit_line or cell.text
        ledger.use(grid, cell, "unit_line")
    elif re.search(r"绩效(?:目标|自评|评价)?.{0,6}表$", key):
        ledger.ignore(grid, [cell], "form_title")
    elif rule := find_ignored_row(cell.text):
        ledger.ignore(grid, [cell], rule)
    elif key in ("绩效指标", "年度绩效指标"):
        ledger.ignore(grid, [cell], "side_label")
    elif (label := _label_above_left(grid, cell)) is not None and id(cell) not in taken:
        role = find_head_role(label.text)
        target = {"budget_group": "purpose", "goal": "goal"}.get(role or "")
        if target is not None and len(key) > 1:
            taken.add(id(cell))
            ledger.use(grid, cell, target)
            head.add(target, HeadValue(cell.text, label.text, cell.row))


def _label_above_left(grid: Grid, cell: Cell) -> Cell | None:
    """Give the label that a blank cell on the left continues (formats without merged cells leave it blank)."""
    row = cell.row
    left = grid.cell_at(row, cell.col - 1) if cell.col else None
    while left is not None and not left.text.strip() and row > 0:
        row -= 1
        left = grid.cell_at(row, cell.col - 1)
    return left if left is not None and left.row < cell.row and find_head_role(left.text) else None


def _read_inline(grid: Grid, cell: Cell, pair: tuple[str, str, str], head: Head, ledger: Ledger) -> None:
    pieces = split_pairs(cell.text)
    for role, label, value in pieces if len(pieces) > 1 else [pair]:
        hint = find_money_unit(f"({bracket_hint(label) or ''})")
        head.add(role, HeadValue(value, label, cell.row, [hint] if hint else _units_of(grid, cell)))
    ledger.use(grid, cell, _use_of(pair[0]))
