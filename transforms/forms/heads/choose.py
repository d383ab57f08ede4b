"""Which of several values of one field counts, and which of the others is told: nothing is thrown away unseen."""

import re
from dataclasses import dataclass

from transforms.forms.heads.head import Head, HeadValue
from transforms.forms.labels import label_key
from transforms.forms.ledger import Ledger
from transforms.numbers.money import parse_amount
from transforms.records import Doubt, Place

_YEARLY = re.compile(r"当年|本年|年度|年初|全年|今年|20\d\d年")
_WHOLE = re.compile(r"项目总|总预算|总投资|总规模|总概算|实施期|中期|三年|累计")
_ADJUSTED = re.compile(r"调整")
_INNER_NAME = re.compile(r"二级|三级|子项目|明细")
_OUTER_NAME = re.compile(r"一级|大类|专项名称")
FIELDS = {
    "amount_total": "budget_yuan",
    "amount_fiscal": "fiscal_yuan",
    "amount_carryover": "carryover_yuan",
    "amount_other": "other_yuan",
    "column_adjusted": "adjusted_yuan",
    "column_executed": "executed_yuan",
    "project_name": "project_name",
    "project_code": "project_code",
    "goal": "objective_text",
    "purpose": "purpose",
}
"""Roles of a head that one value may have, and the field of the record that each becomes."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two values of one field of a head: the one that counts and one that does not."""

    role: str
    winner: HeadValue
    loser: HeadValue


def settle(head: Head, ledger: Ledger) -> list[Dispute]:
    """Put the value that counts of each field first; give those that another cell contradicts.

    This year's sum beats the whole term's by meaning, and the plan at the start of the year the adjusted one; the
    losers of other disputes go back to the unread cells.
    """
    disputes: list[Dispute] = []
    total, whole_columns = head.first("amount_total"), bool(head.values.get("amount_long"))
    for role in FIELDS:
        values = [value for value in head.values.get(role, []) if value.text.strip()]
        if len(values) < 2:
            continue
        beside = total if whole_columns and role != "amount_total" else None
        values.sort(key=lambda value: (-_rank(role, value), not _stands_below(value, beside)))
        winner = values[0]
        for loser in values[1:]:
            if _same(role, winner, loser):
                continue
            if _rank(role, loser) < _rank(role, winner):
                _relabel(ledger, loser, role)
                continue
            if _stands_below(winner, beside) and not _stands_below(loser, beside):
                _relabel(ledger, loser, "amount_total")
                continue
            if loser.cell is not None and (winner.cell is None or loser.cell[1] is not winner.cell[1]):
                ledger.release(*loser.cell)
            disputes.append(Dispute(role, winner, loser))
        head.values[role] = values
        if role == "amount_total":
            total, whole_columns = winner, whole_columns or _rank(role, winner) > _rank(role, values[-1])
    return disputes


def _stands_below(value: HeadValue, total: HeadValue | None) -> bool:
    """Tell whether a part stands in the column of the total that counts: 年度总额 | 30 over 其中：财政拨款 | 28."""
    if total is None or total.cell is None or value.cell is None:
        return False
    return value.cell[0] is total.cell[0] and value.cell[1].col == total.cell[1].col


def _rank(role: str, value: HeadValue) -> int:
    label = label_key(value.label)
    if role == "project_name":
        return 1 if _INNER_NAME.search(label) else -1 if _OUTER_NAME.search(label) else 0
    if role == "goal":
        return -1 if _ADJUSTED.search(label) else 0
    if role != "amount_total":
        return 0
    yearly, whole = bool(_YEARLY.search(label)), bool(_WHOLE.search(label))
    return yearly - whole


def _same(role: str, one: HeadValue, other: HeadValue) -> bool:
    if label_key(one.text) == label_key(other.text):
        return True
    if FIELDS[role].endswith("_yuan"):
        amounts = [parse_amount(value.text, [*value.units, "万元"]).yuan for value in (one, other)]
        return amounts[0] == amounts[1]
    first, second = label_key(one.text), label_key(other.text)
    return role in ("goal", "purpose") and (first.endswith(second) or second.endswith(first))


def _relabel(ledger: Ledger, loser: HeadValue, role: str) -> None:
    if loser.cell is None:
        return
    rule = "whole_term_amount" if role == "amount_total" else "programme_name" if role == "project_name" else ""
    ledger.release(*loser.cell)
    if rule:
        ledger.ignore(loser.cell[0], [loser.cell[1]], rule)


def dispute_doubts(disputes: list[Dispute], project_no: int, ledger: Ledger) -> list[Doubt]:
    """Give the doubt of each dispute, at the cell of the value that was taken."""
    return [_doubt(dispute, project_no, ledger) for dispute in disputes]


def _doubt(dispute: Dispute, project_no: int, ledger: Ledger) -> Doubt:
    place, col = Place(None, 0, 0), None
    if dispute.winner.cell is not None:
        grid, cell = dispute.winner.cell
        place, col = Place(grid.page_of(cell.row), grid.table_no, cell.row + 1), ledger.place(grid, cell)[2] + 1
    reason = "two_texts" if dispute.role in ("goal", "purpose") else "two_values"
    return Doubt(FIELDS[dispute.role], dispute.winner.text.strip(), reason, project_no, None, place, col)
