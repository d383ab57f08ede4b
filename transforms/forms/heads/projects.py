"""The head of a project's form: labels and the values that stand to their right or below."""

import re
from dataclasses import dataclass, field

from extractors.document import Cell, Grid
from transforms.forms.heads.cells import (
    YEAR_NOTE,
    below,
    free_cells,
    is_label,
    is_other_value,
    is_value_of,
    label_above_left,
    money_units,
    right_of,
    row_texts,
    stacked_under,
    units_of,
)
from transforms.forms.heads.head import AMOUNT_ROLES, USES, Head, HeadValue, PlanPoint
from transforms.forms.heads.inline import named_sums, paired_sums, split_pairs
from transforms.forms.heads.matrix import Headings, matrix_headings, read_matrix_row, read_task_table
from transforms.forms.heads.plan import find_month
from transforms.forms.heads.plan_list import find_plan_list
from transforms.forms.heads.plan_points import PlanReader
from transforms.forms.heads.rows import GOAL_ROLES, is_unit_row
from transforms.forms.heads.titles import split_title_sum, unit_line
from transforms.forms.heads.years import find_year_sums
from transforms.forms.labels import find_head_role, find_ignored_row, label_key, misspelt_role, split_inline, sum_role
from transforms.forms.ledger import Ledger
from transforms.numbers.money import find_money_unit, is_whole_amount
from transforms.words.folding import fold


def read_head(grid: Grid, rows: range, head: Head, ledger: Ledger, year: int | None = None) -> None:
    """Read the rows of a head into ``head``: label and value side by side, label above value, amounts in a matrix.

    ``year`` is the filing's: of sums by year its own counts.
    """
    _HeadReader(grid, rows, head, ledger, year).read()


_SINGLE = AMOUNT_ROLES | {"project_name", "project_code", "unit_name", "column_executed", "column_adjusted"}
_SECTION = re.compile(r"^(?:项目|部门|单位)?(?:基本|绩效|资金|预算|年度)?(?:信息|情况|概况|绩效目标)$")
_TITLE = re.compile(r"(?:绩效(?:目标|自评|评价|监控|运行|执行)?|自评|监控|目标).{0,8}表(?:\([^()]*\))*$")
_LONGEST_UNIT_NOTE = 16
"""Characters of a note of the money unit (计量单位：人民币万元); a longer text only speaks of one."""

_SHORTEST_PURPOSE = 8
"""A text beside 项目资金 so short is no sentence on its use, but a heading that was not understood."""


@dataclass(slots=True)
class _HeadReader:
    """Reads one head; ``columns`` are the headings of the table of sums that was met last, ``taken`` the cells read."""

    grid: Grid
    rows: range
    head: Head
    ledger: Ledger
    year: int | None = None
    columns: Headings = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    plan: PlanReader = field(init=False)

    def __post_init__(self) -> None:
        """Read the plan's points into the same head, and count their cells as taken."""
        self.plan = PlanReader(self.grid, self.rows, self.head, self.ledger, self.taken)

    def read(self) -> None:
        """Read all rows; a list of tasks first, whose headings say of each task what a head's labels say of a project."""
        for row in self.rows:
            self.taken |= read_task_table(self.grid, row, self.rows, self.head, self.ledger)
            self._read_years(row)
        self._read_plan_list()
        for row in self.rows:
            texts = row_texts(self.grid, row)
            if self.head.first_row is None and texts:
                self.head.first_row = row
            headings = matrix_headings(self.grid, row)
            if headings:
                self.columns = headings
                self.ledger.ignore(self.grid, [cell for _, cell in headings], "label")
                self.ledger.ignore(self.grid, self._corner(texts, headings[0][1]), "label")
            for cell in texts:
                if id(cell) not in self.taken and cell not in [c for _, c in headings]:
                    self._read_cell(cell)
        self.plan.settle()

    def _read_years(self, row: int) -> None:
        """Read a row of years over their sums; of years without the filing's own all sums stay unread."""
        found = find_year_sums(self.grid, row, self.rows, self.year)
        if found is None or found.own is None:
            return
        label = self.grid.cell_at(row, 0)
        beside = self.grid.cell_at(row + 1, 0)
        units = [*units_of(self.grid, found.headings[0]), *(money_units(beside.text) if beside is not None else [])]
        self.ledger.ignore(self.grid, found.headings, "label")
        self.ledger.ignore(self.grid, found.others, "other_period")
        self.taken.update(id(cell) for cell in (*found.headings, *found.others))
        self._keep("amount_total", HeadValue(found.own.text, label.text if label else "", row, units), [found.own])

    def _read_plan_list(self) -> None:
        if (found := find_plan_list(self.grid, self.rows)) is None:
            return
        for month, cell, value, share in found.points:
            self.head.plan.setdefault(month, PlanPoint(share, value.text.strip(), value.row))
            self.ledger.ignore(self.grid, [cell], "label")
            self.ledger.use(self.grid, value, "cumulative_pct")
            self.taken |= {id(cell), id(value)}
        self.ledger.ignore(self.grid, found.headings, "label")
        self.ledger.ignore(self.grid, found.sums, "plan_sum")
        self.taken.update(id(cell) for cell in (*found.headings, *found.sums))

    def _read_cell(self, cell: Cell) -> None:
        role = find_head_role(cell.text)
        if role is None:
            month = find_month(cell.text)
            beside = month is None and self._has_amount(cell)
            role = (sum_role(cell.text) or misspelt_role(cell.text)) if beside else None
            if month is not None:
                self.plan.read_month(cell, month)
            elif role is None:
                self._read_unlabelled(cell)
            else:
                self._read_pair(cell, role)
        elif role in AMOUNT_ROLES and self.columns and cell.row > self.columns[0][1].row:
            self.taken |= read_matrix_row(self.grid, cell, role, self.columns, self.head, self.ledger)
        elif self._is_section_title(cell, role):
            self.head.money_unit = next(iter(money_units(cell.text)), self.head.money_unit)
            self.ledger.ignore(self.grid, [cell], "section_title")
        elif role in ("plan", "budget_group"):
            self.ledger.ignore(self.grid, [cell], "label")
            if role == "budget_group":
                self.head.money_unit = self.head.money_unit or next(iter(money_units(cell.text)), None)
                self._read_group(cell)
            else:
                self.plan.read_text(cell)
        elif stacked_under(self.grid, cell) in ("column_executed", "column_adjusted") and role in AMOUNT_ROLES:
            self._read_pair(cell, "amount_part")
        else:
            self._read_pair(cell, "amount_total" if role == "column_initial" else role)

    def _corner(self, texts: list[Cell], first: Cell) -> list[Cell]:
        """Give the unknown texts left of a table of sums' headings: they head its column of sources (资金类别)."""
        return [cell for cell in texts if cell.col < first.col and find_head_role(cell.text) is None]

    def _has_amount(self, label: Cell) -> bool:
        beside = self.grid.cell_at(label.row, label.col + label.col_span)
        if beside is not None and is_whole_amount(beside.text):
            return True
        under = below(self.grid, label, self.rows)  # 合计 | 中央 | 省级 over their sums
        return bool(under) and is_whole_amount(under[0].text)

    def _is_section_title(self, cell: Cell, role: str) -> bool:
        """Tell whether a label across the table heads a section: 年度绩效目标 above *年度绩效总目标 | …, a band of sums."""
        if cell.col_span < self.grid.n_cols or role not in GOAL_ROLES | {"purpose", "amount_total", "budget_group"}:
            return False
        under = row_texts(self.grid, cell.row + 1) if cell.row + 1 in self.rows else []
        return not under or len(under) > 1 or bool(_SECTION.match(label_key(under[0].text)))

    def _read_pair(self, cell: Cell, role: str) -> None:
        """Read the value of a label: to its right, or below where labels stand side by side."""
        grid = self.grid
        self.ledger.ignore(grid, [cell], "label")
        beside = grid.cell_at(cell.row, cell.col + cell.col_span)
        if beside is not None and (sums := paired_sums(cell.text, beside.text)):
            for part, label, amount in sums:
                name = "amount_total" if part == "column_initial" else part
                self._keep(name, HeadValue(amount, label, cell.row, units_of(grid, cell)), [beside])
            return
        values = [c for c in right_of(grid, cell) if id(c) not in self.taken]
        if values and is_label(values[0]) and not is_value_of(grid, cell, values[0]):
            group = role in GOAL_ROLES and find_head_role(values[0].text) in GOAL_ROLES and cell.row_span > 1
            values = [] if group else below(grid, cell, self.rows)
        elif not values:
            values = [c for c in below(grid, cell, self.rows) if cell.col > 0 or grid.n_cols == cell.col_span]
        values = [c for c in values if id(c) not in self.taken and not is_other_value(role, c)]
        if role in AMOUNT_ROLES and values and values[0].row == cell.row and not is_whole_amount(values[0].text):
            values = [c for c in below(grid, cell, self.rows) if is_whole_amount(c.text)] or values
            if sum_role(values[0].text) is not None and self._has_amount(values[0]):
                return  # 预算 | 财政 | 30: what follows has labels of its own
        if (
            role in AMOUNT_ROLES
            and cell.row_span > 1
            and values
            and not re.search(r"[\d〇零一二三四五六七八九十]", values[0].text)
        ):
            values = values[1:] if values[0].text.strip() else values  # 资金（元） over sums by source: 来源 heads them
        if not values:
            return
        if role in _SINGLE:
            values = [_first_filled(values, role)]
        text = "\n".join(c.text for c in values if c.text.strip())
        self._keep(role, HeadValue(text, cell.text, values[0].row, units_of(grid, cell)), values)

    def _keep(self, role: str, value: HeadValue, cells: list[Cell]) -> None:
        self.taken.update(id(cell) for cell in cells)
        for cell in cells:
            self.ledger.use(self.grid, cell, USES.get(role, role))
        value.cell = (self.grid, cells[0])
        self.head.add(role, value)

    def _read_group(self, cell: Cell) -> None:
        """Read what stands right of a group label without a label of its own: the purpose, or the one amount."""
        asks_for_use, sources = "用途" in cell.text, re.search("来源|构成", cell.text) is not None
        for value in free_cells(self.grid, cell):
            text = value.text.strip()
            if id(value) in self.taken or not text:
                continue
            if is_whole_amount(value.text):
                if value.row == cell.row:
                    found = HeadValue(value.text, cell.text, value.row, units_of(self.grid, cell))
                    self._keep("amount_total", found, [value])
            elif sums := named_sums(value.text):
                for role, label, amount in sums:
                    units = money_units(label) or units_of(self.grid, cell)
                    self._keep(role, HeadValue(amount, label, value.row, units), [value])
            elif split_inline(value.text) is None and (asks_for_use or (self._is_sentence(value) and not sources)):
                self._keep("purpose", HeadValue(value.text, cell.text, value.row), [value])

    def _is_sentence(self, value: Cell) -> bool:
        """Tell whether a text is alone in its row and long enough to say what money is for."""
        alone = all(c is value or c.col < value.col for c in row_texts(self.grid, value.row))
        return alone and len(value.text.strip()) >= _SHORTEST_PURPOSE and not money_units(value.text)

    def _read_unlabelled(self, cell: Cell) -> None:
        """Read a text that names itself: "单位：万元", "项目名称：…", a unit line, a year, a form's title."""
        text, key = fold(cell.text).strip(), label_key(cell.text)
        if (unit := find_money_unit(text)) and len(key) <= _LONGEST_UNIT_NOTE:
            self.head.money_unit = self.head.money_unit or unit
            self.ledger.use(self.grid, cell, "money_unit")
        elif (pair := split_inline(cell.text)) is not None:
            self._read_inline(cell, pair)
        elif year := YEAR_NOTE.match(key):
            self.head.year = int(year.group(1))
            self.ledger.use(self.grid, cell, "fiscal_year")
        elif is_unit_row([cell]) or (unit := unit_line(cell.text)):
            self.head.unit_line = self.head.unit_line or unit or cell.text
            self.ledger.use(self.grid, cell, "unit_line")
        elif rule := self._rule_of(cell, key):
            self.ledger.ignore(self.grid, [cell], rule)
        elif (label := label_above_left(self.grid, cell)) is not None and id(cell) not in self.taken:
            role = {"budget_group": "purpose", "goal": "goal"}.get(find_head_role(label.text) or "")
            asks = role == "goal" or "用途" in label.text or self._is_sentence(cell)
            if role is not None and len(key) > 1 and asks:
                self._keep(role, HeadValue(cell.text, label.text, cell.row), [cell])

    def _rule_of(self, cell: Cell, key: str) -> str | None:
        """Name the ignore rule of a text that is no field: the form's title or number, a section's name, a note."""
        across = cell.col_span >= self.grid.n_cols - 1
        if _TITLE.search(key) or (across and _FORM_NUMBER.match(key)):
            return "form_title"
        if rule := find_ignored_row(cell.text):
            return rule
        if key in ("绩效指标", "年度绩效指标"):
            return "side_label"
        return "section_title" if across and _SECTION.match(key) else None

    def _read_inline(self, cell: Cell, pair: tuple[str, str, str]) -> None:
        pieces = split_pairs(cell.text)
        for read, label, value in pieces if len(pieces) > 1 else [pair]:
            role = "amount_total" if read == "column_initial" else read
            units = money_units(label) or units_of(self.grid, cell)
            if role == "project_name" and label_key(label) != "项目名称":  # 项目一：渠道清淤（30万元）
                value, told = split_title_sum(value)
                if told is not None:
                    self.head.add("amount_total", HeadValue(told, label, cell.row, [], (self.grid, cell)))
                    self.ledger.use(self.grid, cell, "amount_total")
            self.head.add(role, HeadValue(value, label, cell.row, units, (self.grid, cell)))
            self.ledger.use(self.grid, cell, USES.get(role, role))


_FORM_NUMBER = re.compile(r"^(?:报表编号|附件\d*|附表\d*|表\d+|[^:]{2,12}表号):?[\w-]*$")


def _first_filled(values: list[Cell], role: str) -> Cell:
    """Give the value beside a label, or the one behind blank cells (columns that this row does not need)."""
    if values[0].text.strip():
        return values[0]
    fitting = (c for c in values if (is_whole_amount(c.text) if role in AMOUNT_ROLES else c.text.strip()))
    return next(fitting, values[0])
