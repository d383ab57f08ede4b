"""Sums in a small table of their own: sources by rows and 年初 | 调整 | 执行 by columns, or sources by columns."""

from extractors.document import Cell, Grid, own_cells
from transforms.forms.heads.cells import is_label, money_units, row_texts, units_of
from transforms.forms.heads.head import AMOUNT_ROLES, COLUMN_ROLES, Head, HeadValue
from transforms.forms.labels import find_head_role, label_key
from transforms.forms.ledger import Ledger
from transforms.numbers.money import is_amount, is_whole_amount

_OF_TOTAL = frozenset({"column_adjusted", "column_executed", "column_rate", "column_weight", "column_score"})
"""Columns of which the total's row is kept, beside its budget."""
_RULES = {
    "column_weight": "source_score",
    "column_score": "source_score",
    "column_monitor": "execution_so_far",
    "amount_last_year": "last_year",
    "amount_long": "whole_term_amount",
}
_OTHER_TERMS = frozenset({"amount_last_year", "amount_long"})
"""Columns beside which 年度金额, 本年预算 head this year's sums."""


OF_SOURCE = "source:"
"""Begins the role of a cell in a table of sums that no field of the project is for: source:column_executed."""

Headings = list[tuple[str, Cell]]
"""Role and cell of each heading of a table of sums, left to right."""


def matrix_headings(grid: Grid, row: int) -> Headings:
    """Give the headings of a table of sums: two columns at least, and rows below that name the sources."""
    roles = [(find_head_role(cell.text), cell) for cell in own_cells(grid, row)]
    beside_last = any(role in _OTHER_TERMS for role, _ in roles)
    this_year = [
        cell for role, cell in roles if beside_last and role == "amount_total" and _stands_over_sum(grid, cell)
    ]
    roles = [("column_initial" if cell in this_year else role, cell) for role, cell in roles]
    columns = COLUMN_ROLES | {"amount_long"} if this_year else COLUMN_ROLES
    headings = [(role, cell) for role, cell in roles if role is not None and role in columns]
    if len(headings) < 2 or _stand_over_values(grid, row) or any(_is_beside_amount(grid, c) for _, c in headings):
        return []
    return headings


def _stands_over_sum(grid: Grid, cell: Cell) -> bool:
    under = grid.cell_at(cell.row + cell.row_span, cell.col)
    return under is not None and is_amount(under.text)


def _is_beside_amount(grid: Grid, label: Cell) -> bool:
    """Tell whether a label has its sum to its right: 年初预算数 | 30 | 全年执行数 | 29 heads no table of sums."""
    beside = grid.cell_at(label.row, label.col + label.col_span)
    return beside is not None and beside.row == label.row and is_whole_amount(beside.text) and not is_label(beside)


def _stand_over_values(grid: Grid, row: int) -> bool:
    """Tell whether a row of labels stands over a row of their values: 中央 | 本级 | 合计 | 执行数 over 0 | 5 | 5 | 5."""
    labels = [cell for cell in own_cells(grid, row) if find_head_role(cell.text) in AMOUNT_ROLES | COLUMN_ROLES]
    labels = [cell for cell in labels if cell.row + cell.row_span == row + 1]
    if len(labels) < 2 or row + 1 >= grid.n_rows:
        return False
    begin = min(cell.col for cell in labels)
    first = next((cell for cell in row_texts(grid, row + 1) if cell.col < begin), None)
    return first is None and any(is_amount(cell.text) for cell in row_texts(grid, row + 1) if cell.col >= begin)


def read_matrix_row(grid: Grid, cell: Cell, role: str, columns: Headings, head: Head, ledger: Ledger) -> set[int]:
    """Read 年度资金总额 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分; gives the ids of the cells taken."""
    ledger.ignore(grid, [cell], "label")
    taken: set[int] = set()
    roles = {role for role, _ in columns}
    for column, heading in columns:
        value = grid.cell_at(cell.row, heading.col)
        if value is None or value is cell or value.row != cell.row:
            continue
        taken.add(id(value))
        units = units_of(grid, heading) + units_of(grid, cell) + _corner_units(grid, heading)
        found = HeadValue(value.text, cell.text, cell.row, units, (grid, value), heading.text)
        if column == "column_initial" or (column == "column_adjusted" and "column_initial" not in roles):
            ledger.use(grid, value, "ignored:funding_source_detail" if role == "amount_part" else role)
            head.add(role, found)
        elif column == "column_rate" and "column_monitor" in roles:
            ledger.ignore(grid, [value], "execution_so_far")
            head.add(f"{OF_SOURCE}{column}", found)
        elif role == "amount_total" and column in _OF_TOTAL:
            ledger.use(grid, value, column)
            head.add(column, found)
        else:
            ledger.ignore(grid, [value], _RULES.get(column, "funding_source_detail"))
            head.add(f"{OF_SOURCE}{column}", found)
    return taken


_TOTALS = frozenset({"合计", "金额合计", "总计", "小计", "合计金额", "资金合计", "预算合计"})


def read_task_table(grid: Grid, row: int, rows: range, head: Head, ledger: Ledger) -> set[int]:
    """Read the sums of a list of tasks (任务名称 | 主要内容 | 总额 | 财政拨款 | 其他资金) from its last row, the total.

    Gives the ids of the cells taken: none where the row heads no such list. The tasks themselves have no record.
    """
    sums = {role: cell for cell in own_cells(grid, row) if (role := find_head_role(cell.text)) in AMOUNT_ROLES}
    total = _total_row(grid, row, rows, sums) if len(sums) >= 2 and "amount_total" in sums else None
    if total is None:
        return set()
    listed = [cell for r in range(row, total + 1) for cell in row_texts(grid, r)]
    ledger.ignore(grid, [cell for cell in listed if cell.row == row], "label")
    ledger.ignore(grid, [c for c in grid.row_cells(row) if c.row < row and c.row + c.row_span > row], "label")
    for role, heading in sums.items():
        value = grid.cell_at(total, heading.col)
        if value is not None and value.row == total and value.text.strip():
            ledger.use(grid, value, "ignored:funding_source_detail" if role == "amount_part" else role)
            units = units_of(grid, heading) + _band_units(grid, heading) + _corner_units(grid, heading)
            head.add(role, HeadValue(value.text, heading.text, total, units, (grid, value)))
    ledger.ignore(grid, listed, "task_row")
    return {id(cell) for cell in listed} | {id(cell) for cell in grid.row_cells(row)}


def _total_row(grid: Grid, row: int, rows: range, sums: dict[str, Cell]) -> int | None:
    """Give the row that totals a list of sums: each row above it fills one of the columns with a sum."""
    for other in range(row + 1, rows.stop):
        texts = row_texts(grid, other)
        columns = {cell.col for cell in texts if is_amount(cell.text)} & {cell.col for cell in sums.values()}
        if not texts or not columns:
            return None
        if label_key(texts[0].text) in _TOTALS:
            return other if other > row + 1 else None
    return None


def _band_units(grid: Grid, heading: Cell) -> list[str]:
    """Give the units of the band above a heading: 预算金额（万元） over 总额 | 财政拨款."""
    band = grid.cell_at(heading.row - 1, heading.col) if heading.row else None
    return money_units(band.text) if band is not None else []


def _corner_units(grid: Grid, heading: Cell) -> list[str]:
    """Give the units in the cells left of a table of sums' headings, labels or not: 年度预算数（万元） | 年初预算 | …"""
    return [unit for cell in own_cells(grid, heading.row) if cell.col < heading.col for unit in money_units(cell.text)]
