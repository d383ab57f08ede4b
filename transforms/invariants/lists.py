"""Lists beside the forms (an allocation by township): the total below them is the sum of their rows."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from extractors.document import Cell, Grid
from transforms.forms.labels import label_key
from transforms.records import Finding, Place

_TOTAL = frozenset({"合计", "总计", "共计", "合计数", "小计"})
_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
_NOT_ADDED = re.compile(r"单价|标准|比例|率|%|均|序号|编号|编码|代码|年度|年份|日期|电话|面积/|/")
"""Headings of columns that nobody adds up."""
_FEWEST_ROWS = 2


def list_findings(grids: Iterable[Grid]) -> Iterator[Finding]:
    """Yield a finding for each column of a list whose total is another number than its rows together."""
    for grid in grids:
        total = next((row for row in range(1, grid.n_rows) if _is_total(grid, row)), None)
        if total is None or total != grid.n_rows - 1:
            continue
        for col in range(1, grid.n_cols):
            yield from _column_findings(grid, col, total)


def _is_total(grid: Grid, row: int) -> bool:
    first = next((cell for cell in grid.row_cells(row) if cell.row == row and cell.text.strip()), None)
    return first is not None and label_key(first.text) in _TOTAL


def _column_findings(grid: Grid, col: int, total: int) -> Iterator[Finding]:
    heading, stated = grid.cell_at(0, col), grid.cell_at(total, col)
    if heading is None or stated is None or stated.row != total or _NOT_ADDED.search(label_key(heading.text)):
        return
    cells = [grid.cell_at(row, col) for row in range(1, total)]
    numbers = [_number(cell) for cell in cells]
    whole = _number(stated)
    if whole is None or len(numbers) < _FEWEST_ROWS or any(cell is None or cell.row_span > 1 for cell in cells):
        return
    added = [number for number in numbers if number is not None]
    if len(added) != len(numbers):
        return
    places = max(-int(number.as_tuple().exponent) for number in (*added, whole))
    if abs(sum(added) - whole) <= Decimal(len(added)) * Decimal(1).scaleb(-places) / 2 * (places > 0):
        return
    column = heading.text.strip()
    yield Finding(
        "list_total_wrong",
        "warning",
        f"表中“{column}”各行之和为 {sum(added)}，合计写 {whole}，不一致，请核对。",
        "＋".join(str(number) for number in added) + f"；合计 {whole}",
        None,
        None,
        Place(grid.page_of(total), grid.table_no, total + 1),
    )


def _number(cell: Cell | None) -> Decimal | None:
    text = label_key(cell.text) if cell is not None else ""
    return Decimal(text.replace(",", "")) if _NUMBER.fullmatch(text) else None
