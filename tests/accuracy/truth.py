"""What is known to stand in a filing, as rows of the core tables: what reading ought to give.

A truth file maps the file's stem to what the filing says (``tests.samples.facts.filing_truth`` writes it). A filing states
a field where it states it at least once and its layout, where the catalogue knows it, prints it; other fields are not
scored. Budgets always are: without any unit an amount must not become yuan.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.samples.layouts.catalogue import LAYOUTS

Row = dict[str, object]
TEN_THOUSAND = Decimal(10000)
_PRINTED_AS = {
    "project_code": "code",
    "fiscal_yuan": "fiscal",
    "other_yuan": "other",
    "purpose": "purpose",
    "description": "description",
    "basis": "basis",
    "weight": "weight",
    "actual_raw": "actual",
    "month": "plan",
    "cumulative_pct": "plan",
}
"""Fields that not every layout prints, by their names in the catalogue of layouts."""
_MEASURED = ("percent", "quantity", "money")
_LIST_NUMBER = re.compile(r"^\s*\d+[.、．]\s*")


@dataclass(frozen=True, slots=True)
class KnownProject:
    """One project as it ought to be read, with its rows by core table."""

    row: Row
    rows: dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class KnownFiling:
    """One filing as it ought to be read; ``formats`` are the endings that it was filed with."""

    stem: str
    layout: str
    formats: tuple[str, ...]
    head: Row
    projects: tuple[KnownProject, ...]
    goals: tuple[Row, ...]


def read_truth(path: Path) -> list[KnownFiling]:
    """Read a truth file."""
    filings = json.loads(path.read_text(encoding="utf-8"))
    return [_known_filing(stem, said) for stem, said in filings.items()]


def _known_filing(stem: str, said: dict[str, Any]) -> KnownFiling:
    layout = LAYOUTS.get(said["layout"])
    split = layout is not None and layout.columns
    projects = [_known_project(project, said["money_unit"], split) for project in said["projects"]]
    unprinted = {name for name, mark in _PRINTED_AS.items() if layout is not None and mark not in layout.prints}
    _leave_out([project.row for project in projects], unprinted)
    for table in ("indicators", "spending_plan", "objectives"):
        _leave_out([row for project in projects for row in project.rows[table]], unprinted)
        for project in projects:
            project.rows[table][:] = filter(None, project.rows[table])
    goals = [
        {"title": goal["title"], "goal_text": goal["goal"], "indicator_text": goal["indicator"]}
        for goal in said.get("goals", [])
    ]
    goals += [{"title": part["title"], "goal_text": part["text"]} for part in said.get("safeguards", [])]
    head = {"fiscal_year": said["fiscal_year"], "township": said["township"]}
    return KnownFiling(
        stem, said["layout"], tuple(said.get("formats", ("docx", "pdf"))), head, tuple(projects), tuple(goals)
    )


def _known_project(said: dict[str, Any], unit: str, split: bool) -> KnownProject:
    row = {
        "project_name": said["project_name"],
        "project_code": said["project_code"],
        "purpose": said["purpose"],
        **{f"{name}_yuan": _yuan(said[name], unit) for name in ("budget", "fiscal", "other")},
    }
    plan = [
        {"month": int(re.findall(r"\d+", month)[0]), "cumulative_pct": Decimal(share.rstrip("%"))}
        for month, share in said["plan"].items()
    ]
    objectives = [{"objective_text": _LIST_NUMBER.sub("", text)} for text in said["objectives"]]
    indicators = [_known_indicator(indicator, split) for indicator in said["indicators"]]
    return KnownProject(row, {"indicators": indicators, "spending_plan": plan, "objectives": objectives})


def _known_indicator(said: dict[str, Any], split: bool) -> Row:
    row: Row = {
        "level1": said["level1"],
        "level2": said["level2"],
        "indicator_raw": said["name"],
        "description": said.get("description"),
        "basis": said.get("basis"),
        "weight": said.get("weight"),
        "actual_raw": said.get("actual"),
    }
    meaning = said.get("truth") or {}
    kind = meaning.get("kind")
    if not (split and kind in _MEASURED):  # where sign, value and unit are three cells, no cell holds the target's text
        row["target_raw"] = said["target"]
    if kind is None:
        return row
    row["target_kind"] = kind
    if kind in _MEASURED:
        low, high = meaning.get("low"), meaning.get("high")
        return {**row, "comparator": meaning["op"], "value_low": low, "value_high": high, "unit": meaning["unit"]}
    if kind == "date":
        return {**row, "due_date": meaning["due"]}
    return {**row, "grade": meaning["grade"]} if kind == "grade" else row


def _yuan(text: str, unit: str) -> Decimal | None:
    digits = re.sub(r"[,，\s]", "", text or "")
    if not digits:
        return None
    return Decimal(digits) * (TEN_THOUSAND if unit == "万元" else 1)


def _leave_out(rows: Iterable[Row], unprinted: set[str]) -> None:
    """Take from the rows what their layout does not print or no row states; an open end of a range is stated too."""
    rows = list(rows)
    stated = {name for row in rows for name, value in row.items() if value not in (None, "")} - unprinted
    for row in rows:
        for name in set(row) - stated - {"budget_yuan", "value_low", "value_high"}:
            del row[name]
