"""One form becomes a project: name and code, sums in yuan, plan, objectives and indicators."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from transforms.building.indicators import Said, fill_level1, read_indicator, read_points
from transforms.forms.form import Form, FormRow, rows_of_year
from transforms.forms.heads.choose import dispute_doubts, settle
from transforms.forms.heads.head import Head, HeadValue
from transforms.forms.heads.inline import names_project, split_pairs
from transforms.forms.labels import bracket_hint, label_key
from transforms.forms.ledger import Ledger
from transforms.forms.rows.indicators import one_line
from transforms.names.projects import read_project_name
from transforms.names.terms import Terms
from transforms.names.townships import without_person
from transforms.numbers.money import HeadAmount, is_repeated, parse_amount
from transforms.objectives import split_objectives
from transforms.reading_findings import amount_findings, name_finding
from transforms.records import Doubt, Finding, Indicator, Objective, Place, Project, SpendingPoint

_GLUED_CODE = re.compile(
    r"^\s*[\[(（【]?([0-9]{6}[0-9]{2}[A-Z][0-9A-Z]{10,14}|[0-9]{15,24})[\])）】]?\s*[-—–_·:：]?\s*(?=[^\s\d])(.+)$",
    re.DOTALL,
)


class Builder:
    """Collects the records of a filing's forms in document order."""

    def __init__(self, year: int | None, document_unit: str | None, terms: Terms, ledger: Ledger) -> None:
        """Begin with no records; ``document_unit`` is the money unit that the document states for all its tables."""
        self.terms = terms
        self.year = year
        self.document_unit = document_unit
        self.ledger = ledger
        self.projects: list[Project] = []
        self.plan: list[SpendingPoint] = []
        self.objectives: list[Objective] = []
        self.indicators: list[Indicator] = []
        self.said = Said()

    def add(self, form: Form) -> None:
        """Turn one form into a project with its plan, objectives and indicators."""
        number = len(self.projects) + 1
        rows = list(rows_of_year(form))
        head = _with_flat_columns(form, rows)
        self.said.doubts += dispute_doubts(settle(head, self.ledger), number, self.ledger)
        place = Place(form.grid.page_of(form.first_row), form.grid.table_no, form.first_row + 1)
        self._add_project(form, head, number, place)
        self._add_plan_and_goals(form, head, number)
        for index, row in enumerate(rows, start=1):
            self.ledger.read_row(row.grid, row.row.cells, number, index)
        read = [
            read_indicator(row, number, index, self.year, self.terms, self.said)
            for index, row in enumerate(rows, start=1)
        ]
        self.indicators += fill_level1(read, self.said.findings)
        if head.plan_told and not head.plan:
            self.said.doubts.append(Doubt("cumulative_pct", head.plan_told, "plan_in_text", number, None, place))
        if form.bands_unread:
            self.said.doubts.append(
                Doubt("project_name", self.projects[-1].project_name, "band_unread", number, None, place)
            )
        if form.fillers:
            message = f"有 {form.fillers} 个占位空行未计入指标。"
            self.said.findings.append(Finding("filler_rows", "info", message, None, number, None, place))

    def _add_plan_and_goals(self, form: Form, head: Head, number: int) -> None:
        for month, point in sorted(head.plan.items()):
            spot = Place(form.grid.page_of(point.row), form.grid.table_no, point.row + 1)
            self.plan.append(SpendingPoint(number, month, point.share, point.raw, spot))
        goal = head.first("goal") or head.first("goal_long")
        if goal is not None:
            spot = Place(form.grid.page_of(goal.row), form.grid.table_no, goal.row + 1)
            for index, text in enumerate(split_objectives(goal.text), start=1):
                self.objectives.append(Objective(number, index, text, spot))

    def _add_project(self, form: Form, head: Head, number: int, place: Place) -> None:
        name_value = head.first("project_name")
        name = one_line(name_value.text) if name_value else form.title
        if name is None:
            name = "部门整体支出" if form.whole_unit or head.first("unit_name") else "（未写项目名称）"
            self.said.findings += () if form.whole_unit else name_finding(name, number, place)
        code_value = head.first("project_code")
        code = re.sub(r"\s+", "", code_value.text) if code_value else None
        name, code = _part_code(name, code)
        parts = read_project_name(name)
        sums = _Sums(form, head, self.document_unit)
        self.said.findings += amount_findings(sums.amounts, number, place)
        self.said.doubts += sums.doubts(number)
        purpose, rate = head.first("purpose"), head.first("column_rate")
        points = {role: head.first(role) for role in _POINT_ROLES}
        self.projects.append(
            Project(
                project_no=number,
                project_code=code,
                project_name=name,
                project_category=parts.category or name,
                project_year=parts.year,
                is_carryover=parts.is_carryover,
                notice_number=parts.notice_number,
                budget_yuan=sums.amounts["amount_total"].yuan,
                fiscal_yuan=sums.amounts["amount_fiscal"].yuan,
                carryover_yuan=sums.amounts["amount_carryover"].yuan,
                other_yuan=sums.amounts["amount_other"].yuan,
                adjusted_yuan=sums.amounts["column_adjusted"].yuan,
                executed_yuan=sums.amounts["column_executed"].yuan,
                budget_raw=_raw(sums.values["amount_total"]),
                fiscal_raw=_raw(sums.values["amount_fiscal"]),
                carryover_raw=_raw(sums.values["amount_carryover"]),
                other_raw=_raw(sums.values["amount_other"]) or _blank_other(head),
                adjusted_raw=_raw(sums.values["column_adjusted"]),
                executed_raw=_raw(sums.values["column_executed"]),
                execution_rate_raw=_raw(rate),
                money_unit_raw=sums.unit(),
                purpose=purpose.text.strip() if purpose else None,
                unit_name=_unit_name(head.first("unit_name")),
                place=place,
                execution_weight=_points(points["column_weight"]),
                execution_score=_points(points["column_score"]),
                execution_score_raw=_raw(points["column_score"]),
                total_weight=_points(points["total_weight"]),
                total_score=_points(points["total_score"]),
                total_score_raw=_raw(points["total_score"]),
            )
        )


_POINT_ROLES = ("column_weight", "column_score", "total_weight", "total_score")


def _points(value: HeadValue | None) -> Decimal | None:
    return read_points(value.text) if value is not None else None


def _blank_other(head: Head) -> str | None:
    """Give "" where the form asks for other money beside the fiscal and nothing was filled in: that is none."""
    return "" if head.values.get("amount_other") and not head.values.get("amount_part") else None


def _unit_name(value: HeadValue | None) -> str | None:
    """Give the unit as filed, without the name of a person beside it."""
    return one_line(without_person(value.text)) if value is not None else None


def _part_code(name: str, code: str | None) -> tuple[str, str | None]:
    """Part a project code from the name that it is glued to: "51000021R000000019951-工资性支出"."""
    glued = _GLUED_CODE.match(name)
    if glued is None or (code and code != glued.group(1)):
        return name, code
    return glued.group(2).strip(), glued.group(1)


_AMOUNTS = ("amount_total", "amount_fiscal", "amount_carryover", "amount_other", "column_adjusted", "column_executed")


def _with_flat_columns(form: Form, rows: Sequence[FormRow]) -> Head:
    """Give the form's head; of a flat table the first row's project columns stand for it."""
    if not rows or not rows[0].heading.is_flat:
        return form.head
    first = rows[0]
    for role, target in _FLAT_ROLES.items():
        column = first.heading.column(role)
        text = first.row.text(role)
        if column is None or not text.strip():
            continue
        if role == "project_name" and names_project(text):  # all facts of the project in one cell
            for fact, label, value in split_pairs(text):
                form.head.add(fact, HeadValue(value, label, first.row.row))
            continue
        units = [hint for heading in (column.heading, *column.bands) if (hint := bracket_hint(heading))]
        form.head.add(target, HeadValue(text, column.heading, first.row.row, units))
    return form.head


_FLAT_ROLES = {
    "project_name": "project_name",
    "project_code": "project_code",
    "unit_name": "unit_name",
    "budget": "amount_total",
    "fiscal": "amount_fiscal",
    "other": "amount_other",
    "goal": "goal",
    "purpose": "purpose",
}


_PARTS_OF_TOTAL = ("amount_fiscal", "amount_other", "amount_carryover")


class _Sums:
    """The sums of a head in yuan; a part without a unit of its own (其中：财政拨款) is counted in the total's."""

    def __init__(self, form: Form, head: Head, document_unit: str | None) -> None:
        units = [head.money_unit, form.note_unit, document_unit]
        self.sums_told = head.sums_told
        self.place = Place(form.grid.page_of(form.first_row), form.grid.table_no, form.first_row + 1)
        self.values: dict[str, HeadValue | None] = {role: head.first(role) for role in _AMOUNTS}
        self.only_whole_term = self.values["amount_total"] is None and head.first("amount_long") is not None
        if self.only_whole_term:
            self.values["amount_total"] = head.first("amount_long")
        total = self.values["amount_total"]
        above = [*total.units, _own_unit(total)] if total is not None else []
        self.amounts = {role: _amount(self.values[role], units) for role in _AMOUNTS}
        for role in _PARTS_OF_TOTAL:
            if self.amounts[role].problem == "no_unit":
                self.amounts[role] = _amount(self.values[role], [*units, *above])
        self._take_single_source(head, [*units, *above])
        self._add_public_funds(head, [*units, *above])

    def _take_single_source(self, head: Head, units: Sequence[str | None]) -> None:
        """Take the one public source that makes up the whole total for the fiscal money: 其中：上级资金 16 of 16."""
        total = self.amounts["amount_total"].yuan
        if self.values["amount_fiscal"] is not None or not total:
            return
        parts = [(value, _amount(value, units)) for value in head.values.get("amount_part", []) if value.text.strip()]
        given = [(value, amount) for value, amount in parts if amount.yuan]
        if len(given) == 1 and given[0][1].yuan == total and _PUBLIC_PART.search(label_key(given[0][0].label)):
            self.values["amount_fiscal"], self.amounts["amount_fiscal"] = given[0]

    def _add_public_funds(self, head: Head, units: Sequence[str | None]) -> None:
        """Count 政府性基金 and 国有资本经营 as fiscal money beside 一般公共预算, where all parts then make up the total."""
        total, fiscal = self.amounts["amount_total"].yuan, self.amounts["amount_fiscal"]
        parts = [(value, _amount(value, units)) for value in head.values.get("amount_part", [])]
        funds = [(v.text.strip(), a.yuan) for v, a in parts if a.yuan and _PUBLIC_FUND.search(label_key(v.label))]
        others = sum(self.amounts[role].yuan or Decimal(0) for role in ("amount_other", "amount_carryover"))
        value = self.values["amount_fiscal"]
        if not total or fiscal.yuan is None or value is None or not funds:
            return
        whole = fiscal.yuan + sum(yuan for _, yuan in funds)
        if whole + others == total:
            text = "＋".join([value.text.strip(), *(text for text, _ in funds)])
            self.values["amount_fiscal"] = replace(value, text=text)
            self.amounts["amount_fiscal"] = replace(fiscal, yuan=whole)

    def unit(self) -> str | None:
        """Give the unit that was applied to the first of the sums that has one."""
        return next((self.amounts[role].unit for role in _AMOUNTS if self.amounts[role].unit), None)

    def doubts(self, project_no: int) -> list[Doubt]:
        """Give the doubts of sums written twice in one cell, and of a budget that is known for the whole term only."""
        twice = [(role, value) for role, value in self.values.items() if value is not None and is_repeated(value.text)]
        return [
            *self._told(project_no),
            *(_doubt(_YUAN[role], value, "repeated_value", project_no) for role, value in twice),
            *self._whole_term(project_no),
        ]

    def _told(self, project_no: int) -> list[Doubt]:
        """Give the doubt of a budget that only sentences tell, with several sums in them."""
        if self.sums_told is None or self.values["amount_total"] is not None:
            return []
        return [Doubt("budget_yuan", self.sums_told, "amount_in_text", project_no, None, self.place)]

    def _whole_term(self, project_no: int) -> list[Doubt]:
        total = self.values["amount_total"]
        if not self.only_whole_term or total is None or self.amounts["amount_total"].yuan is None:
            return []
        return [_doubt("budget_yuan", total, "whole_term_amount", project_no)]


_YUAN = {
    "amount_total": "budget_yuan",
    "amount_fiscal": "fiscal_yuan",
    "amount_carryover": "carryover_yuan",
    "amount_other": "other_yuan",
    "column_adjusted": "adjusted_yuan",
    "column_executed": "executed_yuan",
}


def _doubt(field: str, value: HeadValue, reason: str, project_no: int) -> Doubt:
    grid, cell = value.cell if value.cell is not None else (None, None)
    page = grid.page_of(value.row) if grid is not None else None
    place = Place(page, grid.table_no if grid is not None else 0, value.row + 1)
    return Doubt(field, value.text.strip(), reason, project_no, None, place, cell.col + 1 if cell is not None else None)


_PUBLIC_FUND = re.compile(r"政府性基金|国有资本经营")
_PUBLIC_PART = re.compile(r"(?:中央|省|市|县|区|上级|本级|财政|镇|乡|州).*(?:资金|补助|拨款)")


def _own_unit(value: HeadValue) -> str | None:
    return parse_amount(value.text, []).unit


def _amount(value: HeadValue | None, units: Sequence[str | None]) -> HeadAmount:
    return parse_amount(value.text, [*value.units, *units]) if value else HeadAmount("", None, None)


def _raw(value: HeadValue | None) -> str | None:
    return one_line(value.text) if value else None
