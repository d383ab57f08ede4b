"""A Document becomes a filing's records: head facts, projects, plans, objectives, indicators, goals and findings."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from extractors.document import Document
from extractors.rejection import Reason, RejectedFile
from transforms.decisions import Decision, decide_document, settle_doubts
from transforms.forms.heads.inline import names_project, split_pairs
from transforms.forms.heads.plan import parse_percent
from transforms.forms.heads.projects import Head, HeadValue
from transforms.forms.labels import bracket_hint, label_key
from transforms.forms.ledger import Ledger
from transforms.forms.read import Form, FormReader, FormRow, rows_of_year
from transforms.forms.rows.indicators import one_line
from transforms.identity import find_identity
from transforms.names.indicators import name_indicator
from transforms.names.levels import clean_level, find_group, find_taxonomy, infer_level1, read_level1, read_level2
from transforms.names.projects import read_project_name
from transforms.names.terms import NO_TERMS, Terms
from transforms.narratives import Narrative, read_narrative
from transforms.numbers.money import HeadAmount, parse_amount
from transforms.numbers.units import unit_family
from transforms.objectives import split_objectives
from transforms.reading_findings import (
    amount_findings,
    level_finding,
    name_finding,
    read_note_findings,
    stranger_findings,
    target_findings,
    year_finding,
)
from transforms.records import (
    Filing,
    FilingRecords,
    Finding,
    Indicator,
    Objective,
    Place,
    Project,
    SpendingPoint,
    Target,
)
from transforms.targets.columns import compose_target
from transforms.targets.named import take_from_name
from transforms.targets.parse import parse_actual, parse_target
from transforms.years import find_fiscal_year

_NAME_PREFIX = re.compile(r"^\s*(?:指标\s*\d{1,2}\s*[:：.、．]|\d{1,2}\s*[.、．](?!\d)|[（(]\d{1,2}[)）])\s*")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_NO_TABLE_WORDS = re.compile(r"(?:数量指标|质量指标|时效指标|成本指标).*(?:效益指标|满意度)", re.DOTALL)


def transform(document: Document, terms: Terms = NO_TERMS, decisions: Sequence[Decision] = ()) -> FilingRecords:
    """Read all records of a filing. Raises RejectedFile where the document holds no performance table.

    ``terms`` are the county's own decisions about indicator names, ``decisions`` those about doubted values.

    Every cell of every table ends used, ignored by a named rule, or in ``unread_cells``.
    """
    decided = decide_document(document, decisions)
    document, said = decided.document, decided.of_filing()
    ledger = Ledger()
    reader = FormReader(document, ledger)
    forms = reader.read()
    year, year_source = (int(said["fiscal_year"]), "decided") if "fiscal_year" in said else find_fiscal_year(document)
    narrative = read_narrative(document.blocks, year)
    if not any(form.rows for form in forms):
        _refuse_without_tables(document, forms, narrative)
    builder = _Builder(document, year, reader.document_unit(), terms)
    for form in forms:
        builder.add(form)
    filing = find_identity(document, forms, year, year_source, _is_self_evaluation(forms))
    filing = replace(
        filing,
        county=said.get("county", filing.county),
        township=said.get("township", filing.township),
        doc_kind=said.get("doc_kind", filing.doc_kind),
    )
    taxonomy = find_taxonomy((i.level1, i.level2) for i in builder.indicators)
    findings = [
        *read_note_findings(document.notes),
        *year_finding(year, year_source),
        *stranger_findings(reader.strangers),
    ]
    findings += builder.findings
    records = FilingRecords(
        filing=replace(filing, taxonomy=taxonomy, overall_goal=narrative.overall_goal),
        projects=tuple(_without_place(project, filing) for project in builder.projects),
        spending_plan=tuple(builder.plan),
        objectives=tuple(builder.objectives),
        indicators=tuple(builder.indicators),
        narrative_goals=narrative.goals,
        findings=tuple(findings),
        unread_cells=ledger.unread_cells(),
        used_cells=ledger.used_cells(),
    )
    return settle_doubts(records, decided)


def _without_place(project: Project, filing: Filing) -> Project:
    """Take the filing's own place out of a project's category, so that townships with one project share it."""
    places = tuple(name for name in (filing.county, filing.township) if name)
    category = read_project_name(project.project_name, places).category
    return replace(project, project_category=category or project.project_name)


def _is_self_evaluation(forms: Sequence[Form]) -> bool:
    return any(row.heading.column("actual") for form in forms for row in form.rows)


def _refuse_without_tables(document: Document, forms: Sequence[Form], narrative: Narrative) -> None:
    if any(form.headings for form in forms):
        raise RejectedFile(Reason.EMPTY_TABLE, "找到了绩效目标表的表头，但表中没有填写任何指标")
    text = "\n".join(paragraph.text for paragraph in document.paragraphs())
    if _NO_TABLE_WORDS.search(text) and not any(document.grids()):
        raise RejectedFile(Reason.TEXT_RUN_TOGETHER, "文中出现绩效指标文字，但没有可识别的表格")
    if not forms and not narrative.goals:
        tables = sum(1 for _ in document.grids())
        found = f"共有 {tables} 张表格，没有一张是绩效目标表" if tables else "文件里只有文字，没有表格"
        raise RejectedFile(Reason.NO_PERFORMANCE_TABLE, found)


class _Builder:
    """Collects the records of the forms in document order."""

    def __init__(self, document: Document, year: int | None, document_unit: str | None, terms: Terms) -> None:
        self.terms = terms
        self.document = document
        self.year = year
        self.document_unit = document_unit
        self.projects: list[Project] = []
        self.plan: list[SpendingPoint] = []
        self.objectives: list[Objective] = []
        self.indicators: list[Indicator] = []
        self.findings: list[Finding] = []

    def add(self, form: Form) -> None:
        """Turn one form into a project with its plan, objectives and indicators."""
        number = len(self.projects) + 1
        rows = list(rows_of_year(form))
        head = _with_flat_columns(form, rows)
        place = Place(form.grid.page_of(form.first_row), form.grid.table_no, form.first_row + 1)
        self._add_project(form, head, number, place, rows)
        for month, value in sorted(head.plan.items()):
            point = Place(form.grid.page_of(value.row), form.grid.table_no, value.row + 1)
            self.plan.append(SpendingPoint(number, month, parse_percent(value.text), value.text.strip(), point))
        goal = head.first("goal") or head.first("goal_long")
        if goal is not None:
            spot = Place(form.grid.page_of(goal.row), form.grid.table_no, goal.row + 1)
            for index, text in enumerate(split_objectives(goal.text), start=1):
                self.objectives.append(Objective(number, index, text, spot))
        read = [self._read_indicator(row, number, index) for index, row in enumerate(rows, start=1)]
        self.indicators += _infer_level1(read, self.findings)
        if form.fillers:
            self.findings.append(
                Finding("filler_rows", "info", f"有 {form.fillers} 个占位空行未计入指标。", None, number, None, place)
            )

    def _add_project(self, form: Form, head: Head, number: int, place: Place, rows: Sequence[FormRow]) -> None:
        name_value = head.first("project_name")
        name = one_line(name_value.text) if name_value else form.title
        if name is None:
            name = "部门整体支出" if form.whole_unit or head.first("unit_name") else "（未写项目名称）"
            self.findings += name_finding(name, number, place)
        parts = read_project_name(name)
        units = [form.head.money_unit, form.note_unit, self.document_unit]
        amounts = {role: _amount(head.first(role), units) for role in _AMOUNTS}
        self.findings += amount_findings(amounts, number, place)
        code = head.first("project_code")
        purpose = head.first("purpose")
        rate = head.first("column_rate")
        self.projects.append(
            Project(
                project_no=number,
                project_code=re.sub(r"\s+", "", code.text) if code else None,
                project_name=name,
                project_category=parts.category or name,
                project_year=parts.year,
                is_carryover=parts.is_carryover,
                notice_number=parts.notice_number,
                budget_yuan=amounts["amount_total"].yuan,
                fiscal_yuan=amounts["amount_fiscal"].yuan,
                carryover_yuan=amounts["amount_carryover"].yuan,
                other_yuan=amounts["amount_other"].yuan,
                adjusted_yuan=amounts["column_adjusted"].yuan,
                executed_yuan=amounts["column_executed"].yuan,
                budget_raw=_raw(head.first("amount_total")),
                fiscal_raw=_raw(head.first("amount_fiscal")),
                carryover_raw=_raw(head.first("amount_carryover")),
                other_raw=_raw(head.first("amount_other")),
                adjusted_raw=_raw(head.first("column_adjusted")),
                executed_raw=_raw(head.first("column_executed")),
                execution_rate_raw=_raw(rate),
                money_unit_raw=next((amounts[role].unit for role in _AMOUNTS if amounts[role].unit), None),
                purpose=purpose.text.strip() if purpose else None,
                unit_name=_raw(head.first("unit_name")),
                place=place,
            )
        )

    def _read_indicator(self, found: FormRow, project_no: int, number: int) -> Indicator:
        row, grid = found.row, found.grid
        place = Place(grid.page_of(row.row), grid.table_no, row.row + 1)
        name = _NAME_PREFIX.sub("", one_line(row.text("name"))).strip()
        description = one_line(row.text("description")) or None
        level1 = _level_text(row.text("level1"), 1)
        level2 = _level_text(row.text("level2"), 2)
        if not name:
            name = description or level2 or level1 or "（未写指标名称）"
            self.findings += name_finding(name, project_no, place, number)
        group = find_group(level1, level2)
        target = self._read_target(found, name, group)
        plain = name
        if target.target_kind is None and (taken := take_from_name(name, year=self.year, level2_group=group)):
            plain, target = taken[0], replace(taken[1], notes=(*taken[1].notes, "target_from_name"))
        actual_text = one_line(row.text("actual"))
        actual = parse_actual(actual_text, year=self.year, name=name, level2_group=group) if actual_text else None
        family = unit_family(target.unit) if target.unit else None
        named = name_indicator(level1, level2, plain, family, description, self.terms)
        self.findings += target_findings(target, name, project_no, number, place)
        return Indicator(
            project_no=project_no,
            indicator_no=number,
            level1=level1,
            level2=level2,
            level2_group=named.level2_group,
            indicator_raw=name,
            indicator=named.indicator,
            name_method=named.method,
            name_confidence=Decimal(str(named.confidence)) if named.confidence is not None else None,
            description=description,
            target=target,
            weight=_number(row.text("weight")),
            weight_raw=one_line(row.text("weight")) or None,
            basis=one_line(row.text("basis")) or None,
            actual=actual,
            score=_number(row.text("score")),
            score_raw=one_line(row.text("score")) or None,
            deviation_reason=one_line(row.text("reason")) or None,
            place=place,
        )

    def _read_target(self, found: FormRow, name: str, group: str | None) -> Target:
        """Read the target from one cell, from sign, value and unit columns, or from the best of four grades."""
        row, heading = found.row, found.heading
        role = "grade_excellent" if heading.column("grade_excellent") and not heading.column("value") else "value"
        column = heading.column(role)
        value = one_line("".join(row.parts) if row.parts else row.text(role))
        hint = bracket_hint(column.heading) if column is not None else None
        if heading.column("sign") or heading.column("unit"):
            sign, unit = one_line(row.text("sign")), one_line(row.text("unit"))
            return compose_target(sign or None, value, unit or None, year=self.year, name=name, level2_group=group)
        return parse_target(value, year=self.year, name=name, unit_hint=hint, level2_group=group)


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
        unit = bracket_hint(column.heading)
        form.head.add(target, HeadValue(text, column.heading, first.row.row, [unit] if unit else []))
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


def _amount(value: HeadValue | None, units: Sequence[str | None]) -> HeadAmount:
    return parse_amount(value.text, [*value.units, *units]) if value else HeadAmount("", None, None)


def _raw(value: HeadValue | None) -> str | None:
    return one_line(value.text) if value else None


def _number(text: str) -> Decimal | None:
    found = _NUMBER.search(label_key(text))
    try:
        return Decimal(found.group()) if found else None
    except InvalidOperation:
        return None


def _level_text(text: str, level: int) -> str | None:
    """Give a level cell without blanks, numbering and score; text that is no level name is kept as filed."""
    reader = read_level1 if level == 1 else read_level2
    read = reader(text) or reader(f"{text}标")  # a page's edge may cut the last character off
    return read.text if read is not None else (clean_level(text) or None)


def _infer_level1(indicators: Sequence[Indicator], findings: list[Finding]) -> list[Indicator]:
    """Fill a level 1 that no cell states from level 2, and say so."""
    settled = []
    for found in indicators:
        level1 = infer_level1(found.level2) if found.level1 is None else None
        if level1 is not None:
            findings += level_finding(found, level1)
        settled.append(found if level1 is None else replace(found, level1=level1))
    return settled
