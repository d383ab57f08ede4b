"""What a form states beside the fields of its records: sums of single sources, periods, grades, values of other times."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from extractors.document import Cell, Grid
from transforms.building.sums import Sums
from transforms.dates.days import read_period
from transforms.forms.form import FormRow
from transforms.forms.heads.head import Head, HeadValue
from transforms.forms.heads.matrix import OF_SOURCE
from transforms.forms.labels import label_key
from transforms.forms.ledger import Ledger
from transforms.forms.rows.indicators import one_line
from transforms.names.levels import clean_level
from transforms.records import Indicator, Place, Statement, Target
from transforms.targets.parse import parse_target
from transforms.words.folding import fold, squash

_SUMS = {
    "amount_part": "source",
    f"{OF_SOURCE}column_initial": "source",
    f"{OF_SOURCE}column_adjusted": "source_adjusted",
    f"{OF_SOURCE}column_executed": "source_executed",
    f"{OF_SOURCE}amount_change": "source_change",
    "amount_long": "whole_term",
    "amount_change": "change",
    "amount_spending": "spending",
    "planned_sum": "planned_sum",
}
"""Role of a head's sum → what it states."""
_TEXTS = {
    "goal_long": "goal_long",
    "goal_actual": "achieved",
    "remark": "remark",
    "staff": "staff",
    "grade": "grade",
    f"{OF_SOURCE}column_rate": "source_rate",
}
_BEFORE = re.compile(r"^原|[整更]前")
_EXPECTED = re.compile(r"预计|预测")
_RATE = re.compile(r"率|比例|进度")
_CHANCE = re.compile(r"可能|确定能|不能")
_LAST_YEAR = re.compile(r"上年|去年|上一年")
_WHOLE_TERM = re.compile(r"总投资|总概算|总规模|实施期")
_PERIOD = re.compile(r"期限|起止|实施期|项目期|周期|实施时间|(?:开始|起始|结束|终止|完成|竣工)(?:时间|日期)")
_START, _END = re.compile(r"开始|起始"), re.compile(r"结束|终止|完成|竣工")
_GRADE = re.compile(r"等级|评价结[论果]")
_POINTS = re.compile(r"[(](\d{1,3}(?:\.\d+)?)(?:分[)]|[)]分)")


class _Days(NamedTuple):
    first: date | None
    last: date | None


_NO_DAYS = _Days(None, None)


def project_statements(head: Head, sums: Sums, project_no: int, year: int | None, ledger: Ledger) -> list[Statement]:
    """Give what a head states beside the project's own columns, in the order of the form."""
    found = [
        _of_head(fact, value, sums, project_no, year, ledger)
        for role, values in head.values.items()
        for value in values
        if value.text.strip() and (fact := _fact(role, value)) is not None
    ]
    return sorted(found, key=lambda one: (one.place.table_no, one.place.row_no, one.col_no or 0))


def _fact(role: str, value: HeadValue) -> str | None:
    label = label_key(value.column if role.startswith(OF_SOURCE) else value.label)
    if role in ("column_monitor", f"{OF_SOURCE}column_monitor"):
        when = "expected" if _EXPECTED.search(label) else "so_far"
        return f"{when}_rate" if _RATE.search(label) else f"{when}_executed"
    if role == "amount_last_year":
        return "before" if _BEFORE.search(label) else "last_year"
    if role == "amount_total":  # the sum of the whole term beside this year's
        return "whole_term" if _WHOLE_TERM.search(label) else None
    if role == "attribute":
        return "period" if _PERIOD.search(label) else "grade" if _GRADE.search(label) else None
    return _SUMS.get(role) or _TEXTS.get(role)


def _of_head(fact: str, value: HeadValue, sums: Sums, project_no: int, year: int | None, ledger: Ledger) -> Statement:
    grid, cell = value.cell if value.cell is not None else (None, None)
    text = value.text.strip() if fact in ("achieved", "goal_long", "remark") else one_line(value.text)
    is_sum = fact in _SUMS.values() or fact.endswith("_executed") or fact in ("before", "last_year")
    said = (
        Target(text, "text")
        if is_sum or (fact in _TEXTS.values() and "rate" not in fact)
        else parse_target(text, year=year)
    )
    days = _days(text, label_key(value.label), year) if fact == "period" else _NO_DAYS
    return Statement(
        project_no=project_no,
        indicator_no=None,
        fact=fact,
        label=one_line(value.label),
        column_label=one_line(value.column) or None,
        said=said,
        yuan=sums.yuan_of(value) if is_sum else None,
        date_from=days.first,
        date_to=days.last,
        place=Place(grid.page_of(value.row), grid.table_no, value.row + 1) if grid else Place(None, 0, 0),
        col_no=ledger.place(grid, cell)[2] + 1 if grid is not None and cell is not None else None,
    )


def _days(text: str, label: str, year: int | None) -> _Days:
    """Read the days that a period names; of 开始时间 only the first is one, of 结束时间 only the last."""
    words = squash(fold(text))
    for at in range(len(words)):
        found = read_period(words, at, year) if words[at].isdigit() else None
        if found is None or found.problem is not None:
            continue
        if found.is_range:
            return _Days(found.first, found.last)
        if _START.search(label) and not _END.search(label):
            return _Days(found.first, None)
        return _Days(None, found.last) if _END.search(label) else _NO_DAYS
    return _NO_DAYS


_COLUMNS = ("last_year_value", "value_before", "monitor")


def indicator_statements(row: FormRow, indicator: Indicator, year: int | None) -> Iterator[Statement]:
    """Yield what an indicator's row states of other times: last year's value, the value so far, the one expected."""
    for column in row.heading.columns:
        if column.role not in _COLUMNS:
            continue
        for cell in row.row.cells.get(column.role, []):
            if column.start <= cell.col < column.stop and cell.text.strip():
                fact, heading = _column_fact(column.role, label_key(column.heading)), one_line(column.heading)
                yield _of_row(fact, heading, cell, row, indicator, year)


def _column_fact(role: str, heading: str) -> str:
    if role == "value_before":
        return "before"
    if role == "last_year_value":
        return "last_year" if _LAST_YEAR.search(heading) else "earlier"
    return "chance" if _CHANCE.search(heading) else "expected" if _EXPECTED.search(heading) else "so_far"


def _of_row(fact: str, heading: str, cell: Cell, row: FormRow, indicator: Indicator, year: int | None) -> Statement:
    text, target = one_line(cell.text), indicator.target
    name, group = indicator.indicator_raw, indicator.level2_group
    before = year - 1 if year is not None and fact == "last_year" else year
    said = (
        Target(text, "text")
        if fact == "chance"
        else parse_target(text, year=before, name=name, unit_hint=target.unit, level2_group=group)
    )
    return Statement(
        project_no=indicator.project_no,
        indicator_no=indicator.indicator_no,
        fact=fact,
        label=heading,
        column_label=None,
        said=said,
        yuan=None,
        date_from=None,
        date_to=None,
        place=row.place,
        col_no=row.col_no(cell),
    )


def level_statements(rows: Sequence[FormRow], project_no: int) -> Iterator[Statement]:
    """Yield the points that the level cells state for all their indicators: 产出指标（50分）, once for each cell."""
    seen: set[int] = set()
    for row in rows:
        for role in ("level1", "level2"):
            for cell in row.row.cells.get(role, []):
                points = _POINTS.search(label_key(cell.text))
                if points is None or id(cell) in seen:
                    continue
                seen.add(id(cell))
                yield Statement(
                    project_no=project_no,
                    indicator_no=None,
                    fact=f"{role}_points",
                    label=clean_level(cell.text),
                    column_label=None,
                    said=parse_target(f"{points.group(1)}分"),
                    yuan=None,
                    date_from=None,
                    date_to=None,
                    place=_place(row.grid, cell),
                    col_no=row.col_no(cell),
                )


def _place(grid: Grid, cell: Cell) -> Place:
    return Place(grid.page_of(cell.row), grid.table_no, cell.row + 1)
