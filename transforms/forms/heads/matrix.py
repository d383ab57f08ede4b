"""Sums in a small table of their own: sources by rows and 年初 | 调整 | 执行 by columns, or sources by columns."""

from extractors.document import Cell, Grid, own_cells
from transforms.forms.heads.cells import money_units, row_texts, units_of
from transforms.forms.heads.head import AMOUNT_ROLES, COLUMN_ROLES, Head, HeadValue
from transforms.forms.labels import find_head_role
from transforms.forms.ledger import Ledger
from transforms.numbers.money import is_amount

_RULES = {
    "column_weight": "execution_score",
    "column_score": "execution_score",
    "column_monitor": "execution_so_far",
    "amount_last_year": "last_year",
}


def matrix_headings(grid: Grid, row: int) -> dict[str, Cell]:
    """Give the headings of a table of sums by role: two columns at least, and rows below that name the sources."""
    found = {role: cell for cell in own_cells(grid, row) if (role := find_head_role(cell.text)) in COLUMN_ROLES}
    return found if len(found) >= 2 and not _stand_over_values(grid, row) else {}


def _stand_over_values(grid: Grid, row: int) -> bool:
    """Tell whether a row of labels stands over a row of their values: 中央 | 本级 | 合计 | 执行数 over 0 | 5 | 5 | 5."""
    labels = [cell for cell in own_cells(grid, row) if find_head_role(cell.text) in AMOUNT_ROLES | COLUMN_ROLES]
    if len(labels) < 2 or row + 1 >= grid.n_rows:
        return False
    begin = min(cell.col for cell in labels)
    first = next((cell for cell in row_texts(grid, row + 1) if cell.col < begin), None)
    return first is None and any(is_amount(cell.text) for cell in row_texts(grid, row + 1) if cell.col >= begin)


def read_matrix_row(
    grid: Grid, cell: Cell, role: str, columns: dict[str, Cell], head: Head, ledger: Ledger
) -> set[int]:
    """Read 年度资金总额 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分; gives the ids of the cells taken."""
    ledger.ignore(grid, [cell], "label")
    taken: set[int] = set()
    for column, heading in columns.items():
        value = grid.cell_at(cell.row, heading.col)
        if value is None or value is cell or value.row != cell.row:
            continue
        taken.add(id(value))
        units = units_of(grid, heading) + units_of(grid, cell) + _corner_units(grid, heading)
        found = HeadValue(value.text, cell.text, cell.row, units, (grid, value))
        if column == "column_initial" or (column == "column_adjusted" and "column_initial" not in columns):
            ledger.use(grid, value, "ignored:funding_source_detail" if role == "amount_part" else role)
            head.add(role, found)
        elif role == "amount_total" and column in ("column_adjusted", "column_executed", "column_rate"):
            ledger.use(grid, value, column)
            head.add(column, found)
        else:
            ledger.ignore(grid, [value], _RULES.get(column, "funding_source_detail"))
    return taken


def _corner_units(grid: Grid, heading: Cell) -> list[str]:
    """Give the units in the cells left of a table of sums' headings, labels or not: 年度预算数（万元） | 年初预算 | …"""
    return [unit for cell in own_cells(grid, heading.row) if cell.col < heading.col for unit in money_units(cell.text)]
