"""Where a head's labels and values stand to each other: right of a label, below it, left of a value."""

import re
from collections.abc import Iterator

from extractors.document import Cell, Grid, own_cells
from transforms.forms.heads.head import AMOUNT_ROLES
from transforms.forms.heads.plan import find_month
from transforms.forms.labels import bracket_hints, find_head_role, label_key, split_inline
from transforms.numbers.money import find_money_unit, is_whole_amount

YEAR_NOTE = re.compile(r"^[(]?(20\d\d)年?度?[)]?$")
_OF_A_CHANGE = re.compile(r"^(?:调整|变更|追加|调减)[前后](?:金额|预算数?)?$")
"""Heads a sum of its own beside the label: 预算金额 | 调整前 | 20 | 调整后 | 17."""
_UNIT_NOTE = re.compile(r"^(?:金额|计量|货币)?单位:")


def is_label(cell: Cell) -> bool:
    """Tell whether a cell's text is a field's name or a month of a plan."""
    return find_head_role(cell.text) is not None or find_month(cell.text) is not None


def is_value_of(grid: Grid, label: Cell, cell: Cell) -> bool:
    """Tell whether a text that could be a label is the value of an attribute: 资金性质 | 一般公共预算, last in its row."""
    if find_head_role(label.text) != "attribute" or cell.text.strip().endswith((":", "：")):
        return False
    return cell.col == label.col + label.col_span and cell.col + cell.col_span >= grid.n_cols and label.row == cell.row


def right_of(grid: Grid, cell: Cell) -> list[Cell]:
    """Give the cells right of a label up to the next label, in each row that the label covers."""
    found: list[Cell] = []
    for row in range(cell.row, cell.row + cell.row_span):
        col = cell.col + cell.col_span
        first = True
        while col < grid.n_cols:
            other = grid.cell_at(row, col)
            if other is None:
                break
            if is_label(other) and not is_value_of(grid, cell, other):
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


def below(grid: Grid, cell: Cell, rows: range) -> list[Cell]:
    """Give the written cell below a label, if it is no label itself."""
    row = cell.row + cell.row_span
    if row not in rows:
        return []
    found = grid.cell_at(row, cell.col)
    if found is None or (found.row, found.col) != (row, cell.col) or is_label(found) or not found.text.strip():
        return []
    return [found]


def money_units(text: str) -> list[str]:
    """Give the money units in a label's brackets: "预算执行情况（万元）（20分）" has 万元."""
    return [unit for hint in bracket_hints(text) if (unit := find_money_unit(f"({hint})"))]


def units_of(grid: Grid, cell: Cell) -> list[str]:
    """Give the money units that a label and the labels left of it state, nearest first."""
    units = money_units(cell.text)
    col = cell.col - 1
    while col >= 0:
        left = grid.cell_at(cell.row, col)
        if left is None:
            break
        if find_head_role(left.text):
            units += money_units(left.text)
        col = left.col - 1
    return units


def free_cells(grid: Grid, cell: Cell) -> Iterator[Cell]:
    """Yield the cells right of a group label that follow no label of their own row."""
    for row in range(cell.row, cell.row + cell.row_span):
        other = grid.cell_at(row, cell.col + cell.col_span)
        if other is not None and other.row == row and not is_label(other):
            yield other


def label_above_left(grid: Grid, cell: Cell) -> Cell | None:
    """Give the label that a blank cell on the left continues (formats without merged cells leave it blank)."""
    row = cell.row
    left = grid.cell_at(row, cell.col - 1) if cell.col else None
    while left is not None and not left.text.strip() and row > 0:
        row -= 1
        left = grid.cell_at(row, cell.col - 1)
    return left if left is not None and left.row < cell.row and find_head_role(left.text) else None


def stacked_under(grid: Grid, cell: Cell) -> str | None:
    """Give the role of the label above a part of it: 执行数 | 10 above 其中：财政拨款 | 10 in the same two columns.

    None where the label is no part, or the one above it states no sum of its own.
    """
    row = cell.row - 1
    while row >= 0:
        above = grid.cell_at(row, cell.col)
        if above is None or above.col != cell.col or above.col_span != cell.col_span:
            return None
        role = find_head_role(above.text)
        if role in ("column_executed", "column_adjusted", "amount_total"):
            return role
        if role not in ("amount_fiscal", "amount_other", "amount_part", "amount_carryover"):
            return None
        row = above.row - 1
    return None


def row_texts(grid: Grid, row: int) -> list[Cell]:
    """Give the written cells that begin in a row."""
    return [cell for cell in own_cells(grid, row) if cell.text.strip()]


def is_other_value(role: str, cell: Cell) -> bool:
    """Tell whether a cell names itself (年初预算30 beside 年度资金总额, 单位：元), or is a year beside what asks for a text."""
    if role == "attribute" and _UNIT_NOTE.match(label_key(cell.text)):
        return True
    if role in AMOUNT_ROLES and _OF_A_CHANGE.match(label_key(cell.text)):
        return True
    if role in AMOUNT_ROLES:
        return not is_whole_amount(cell.text) and split_inline(cell.text) is not None
    return role == "purpose" and bool(YEAR_NOTE.match(label_key(cell.text)))
