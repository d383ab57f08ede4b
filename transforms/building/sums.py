"""The sums of a project's head in yuan, each counted in the unit that is stated nearest to it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from transforms.forms.form import Form
from transforms.forms.heads.choose import FIELDS
from transforms.forms.heads.head import Head, HeadValue
from transforms.forms.labels import label_key
from transforms.forms.rows.indicators import one_line
from transforms.numbers.money import HeadAmount, is_repeated, parse_amount
from transforms.records import Doubt, Place

AMOUNT_FIELDS = (
    "amount_total",
    "amount_fiscal",
    "amount_carryover",
    "amount_other",
    "column_adjusted",
    "column_executed",
)
"""Roles of a head whose sums are columns of the project."""

_PARTS_OF_TOTAL = ("amount_fiscal", "amount_other", "amount_carryover")


class Sums:
    """The sums of a head in yuan; a part without a unit of its own (其中：财政拨款) is counted in the total's."""

    def __init__(self, form: Form, head: Head, document_unit: str | None) -> None:
        """Read the sums of a form's head; ``document_unit`` is the unit that the document states for all its tables."""
        units = [head.money_unit, form.note_unit, document_unit]
        self.sums_told = head.sums_told
        self.place = Place(form.grid.page_of(form.first_row), form.grid.table_no, form.first_row + 1)
        self.values: dict[str, HeadValue | None] = {role: head.first(role) for role in AMOUNT_FIELDS}
        self.only_whole_term = self.values["amount_total"] is None and head.first("amount_long") is not None
        if self.only_whole_term:
            self.values["amount_total"] = head.first("amount_long")
        if self.values["amount_total"] is None:
            self.values["amount_total"] = head.first("amount_spending")
        total = self.values["amount_total"]
        above = [*total.units, _own_unit(total)] if total is not None else []
        self._units = [*units, *above]
        self.amounts = {role: _amount(self.values[role], units) for role in AMOUNT_FIELDS}
        for role in _PARTS_OF_TOTAL:
            if self.amounts[role].problem == "no_unit":
                self.amounts[role] = _amount(self.values[role], self._units)
        self._take_single_source(head, self._units)
        self._add_public_funds(head, self._units)

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

    def yuan_of(self, value: HeadValue) -> Decimal | None:
        """Give any other sum of the head in yuan; without a unit of its own it is counted in the total's."""
        return _amount(value, self._units).yuan

    def unit(self) -> str | None:
        """Give the unit that was applied to the first of the sums that has one."""
        return next((self.amounts[role].unit for role in AMOUNT_FIELDS if self.amounts[role].unit), None)

    def doubts(self, project_no: int) -> list[Doubt]:
        """Give the doubts of sums written twice in one cell, and of a budget that is known for the whole term only."""
        twice = [(role, value) for role, value in self.values.items() if value is not None and is_repeated(value.text)]
        return [
            *self._told(project_no),
            *(_doubt(FIELDS[role], value, "repeated_value", project_no) for role, value in twice),
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


def raw_of(value: HeadValue | None) -> str | None:
    """Give a value's text in one line, None where there is no value."""
    return one_line(value.text) if value else None
