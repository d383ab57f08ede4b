"""One form becomes a project: name and code, sums in yuan, plan, objectives and indicators."""

import re
from collections.abc import Sequence
from decimal import Decimal

from transforms.building.indicators import Said, fill_level1, read_indicator, read_points
from transforms.building.statements import indicator_statements, level_statements, project_statements
from transforms.building.sums import Sums, raw_of
from transforms.forms.form import Form, FormRow, rows_of_year
from transforms.forms.heads.choose import dispute_doubts, settle
from transforms.forms.heads.head import Head, HeadValue
from transforms.forms.heads.inline import names_project, split_pairs
from transforms.forms.labels import bracket_hint
from transforms.forms.ledger import Ledger
from transforms.forms.rows.indicators import one_line
from transforms.names.projects import read_project_name
from transforms.names.terms import Terms
from transforms.names.townships import without_person
from transforms.objectives import split_objectives
from transforms.reading_findings import amount_findings, name_finding
from transforms.records import Doubt, Finding, Indicator, Objective, Place, Project, SpendingPoint, Statement

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
        self.statements: list[Statement] = []
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
        self.statements += level_statements(rows, number)
        for row, indicator in zip(rows, read, strict=True):
            self.statements += indicator_statements(row, indicator, self.year)
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
        name = _LISTED.sub("", one_line(name_value.text)) if name_value else form.title
        if name is None:
            name = "部门整体支出" if form.whole_unit or head.first("unit_name") else "（未写项目名称）"
            self.said.findings += () if form.whole_unit else name_finding(name, number, place)
        code_value = head.first("project_code")
        code = re.sub(r"\s+", "", code_value.text) if code_value else None
        name, code = _part_code(name, code)
        parts = read_project_name(name)
        sums = Sums(form, head, self.document_unit)
        self.said.findings += amount_findings(sums.amounts, number, place)
        self.said.doubts += sums.doubts(number)
        self.statements += project_statements(head, sums, number, self.year, self.ledger)
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
                budget_raw=raw_of(sums.values["amount_total"]),
                fiscal_raw=raw_of(sums.values["amount_fiscal"]),
                carryover_raw=raw_of(sums.values["amount_carryover"]),
                other_raw=raw_of(sums.values["amount_other"]) or _blank_other(head),
                adjusted_raw=raw_of(sums.values["column_adjusted"]),
                executed_raw=raw_of(sums.values["column_executed"]),
                execution_rate_raw=raw_of(rate),
                money_unit_raw=sums.unit(),
                purpose=purpose.text.strip() if purpose else None,
                unit_name=_unit_name(head.first("unit_name")),
                place=place,
                execution_weight=_points(points["column_weight"]),
                execution_score=_points(points["column_score"]),
                execution_score_raw=raw_of(points["column_score"]),
                total_weight=_points(points["total_weight"]),
                total_score=_points(points["total_score"]),
                total_score_raw=raw_of(points["total_score"]),
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


_LISTED = re.compile(r"^[一二三四五六七八九十]{1,3}、(?=[\u4e00-\u9fff“])")
"""Numbers a list's projects: 一、道路维修."""
