"""The points of a spending plan in a head's rows: months over, or beside, their shares; a plan in a sentence."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extractors.document import Cell, Grid
from transforms.forms.heads.cells import money_units, right_of
from transforms.forms.heads.head import Head, HeadValue, PlanPoint
from transforms.forms.heads.plan import parse_percent, read_plan_text, tell_kind
from transforms.forms.labels import find_head_role, label_key
from transforms.forms.ledger import Ledger

_OF_SUMS = frozenset({"金额", "用款金额", "计划金额", "支出金额", "用款额", "金额(万元)", "金额(元)", "数额"})
"""Heads a plan's row of sums."""


_BY_THEN = re.compile(r"[底末前]|累计|截至")
"""What a heading says of all that is spent by then."""


@dataclass(slots=True)
class PlanReader:
    """Reads a plan's points into ``head``; ``taken`` are the cells read, ``points`` the months read so far."""

    grid: Grid
    rows: range
    head: Head
    ledger: Ledger
    taken: set[int]
    points: list[tuple[int, Cell]] = field(default_factory=list)
    heads: list[Cell] = field(default_factory=list)

    def read_month(self, cell: Cell, month: int) -> None:
        """Read a plan's point: the share stands right of the month, or below it."""
        grid, under = self.grid, cell.row + cell.row_span
        right = grid.cell_at(cell.row, cell.col + cell.col_span)
        lower = grid.cell_at(under, cell.col) if under in self.rows else None
        for value in (right, lower):
            if value is not None and parse_percent(value.text) is not None and id(value) not in self.taken:
                self.ledger.ignore(grid, [cell], "label")
                self.ledger.use(grid, value, "cumulative_pct")
                self.taken.add(id(value))
                self.head.plan[month] = PlanPoint(parse_percent(value.text), value.text.strip(), value.row)
                self.points.append((month, value))
                self.heads.append(cell)
                return
        if lower is not None and not lower.text.strip():
            self.ledger.ignore(grid, [cell], "label")

    def read_text(self, label: Cell) -> None:
        """Read a plan that is written as a sentence beside its label."""
        for value in right_of(self.grid, label):
            points = read_plan_text(value.text) if id(value) not in self.taken else []
            for month, share, raw in points:
                self.head.plan.setdefault(month, PlanPoint(share, raw, value.row))
            if points:
                self.ledger.use(self.grid, value, "cumulative_pct")
                self.taken.add(id(value))

    def settle(self) -> None:
        """Add up shares of single quarters that make 100 together; sums of money are no shares: they are statements.

        What is said to be spent by a day (3月底, 累计) is never added up.
        """
        points = {month: self.head.plan[month] for month, _ in sorted(self.points, key=lambda point: point[0])}
        if not points:
            return
        budget = self.head.first("amount_total")
        kind = tell_kind([point.raw for point in points.values()], self._in_money(), budget.text if budget else "")
        if kind == "sums":
            told = [f"{month}月 {point.raw}" for month, point in points.items()]
            self.head.plan_told = "；".join(told)
            for month, cell in self.points:
                self.head.plan.pop(month, None)
                self.ledger.release(self.grid, cell)
                self.ledger.ignore(self.grid, [cell], "planned_sum")
                units = [unit for text in self._labels() for unit in money_units(text)]
                self.head.add("planned_sum", HeadValue(cell.text, f"{month}月", cell.row, units, (self.grid, cell)))
        elif kind == "parts" and not self._is_by_then():
            spent = Decimal(0)
            for month, point in points.items():
                spent += point.share or 0
                self.head.plan[month] = replace(point, share=spent)

    def _in_money(self) -> bool:
        """Tell whether a label of the plan's rows counts in money: 分季度用款计划（万元）."""
        return any(money_units(text) or label_key(text) in _OF_SUMS for text in self._labels())

    def _is_by_then(self) -> bool:
        return any(_BY_THEN.search(text) for text in (*(cell.text for cell in self.heads), *self._labels()))

    def _labels(self) -> list[str]:
        """Give the labels of the plan in the rows of its points and above them."""
        rows = {row for _, cell in self.points for row in (cell.row - 1, cell.row) if row in self.rows}
        labels = [cell for row in rows for cell in self.grid.row_cells(row)]
        return [c.text for c in labels if find_head_role(c.text) == "plan" or label_key(c.text) in _OF_SUMS]
