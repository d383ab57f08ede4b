"""From the records of one filing to rows of the stored tables, exactly, whatever the filing holds."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Context, Decimal

import pyarrow as pa

from transforms.numbers.units import unit_family
from transforms.records import FilingRecords, Place, Target
from warehouse.schema import MONEY, POINTS, VALUE, stored_tables

Row = dict[str, object]

_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BLANK = re.compile(r"\s+")

_DIGITS = {MONEY: 12, VALUE: 15, POINTS: 5}
"""Digits before the point that a figure may have: beyond any township's, and sums of them still fit the type."""


@dataclass(frozen=True, slots=True)
class InboxFact:
    """What the store keeps of the file itself; ``filing_id`` is the sha256 of its bytes, ``received_at`` is UTC."""

    filing_id: str
    file_name: str
    format: str
    page_count: int | None
    received_at: datetime


def records_to_tables(file: InboxFact, records: FilingRecords) -> dict[str, pa.Table]:
    """Give one Arrow table per stored table for one filing; a number too large to be stored becomes a finding."""
    rows: dict[str, list[Row]] = {
        "filings": [_filing_row(file, records)],
        "projects": _project_rows(records),
        "spending_plan": _spending_rows(records),
        "objectives": _objective_rows(records),
        "indicators": _indicator_rows(records),
        "narrative_goals": _narrative_rows(records),
        "findings": _finding_rows(records),
        "unread_cells": _unread_rows(records),
    }
    too_large = [finding for name, table_rows in rows.items() for finding in _fit_numbers(name, table_rows)]
    rows["findings"] += [{**row, "finding_no": len(rows["findings"]) + n} for n, row in enumerate(too_large, 1)]
    return {name: _to_table(name, file.filing_id, table_rows) for name, table_rows in rows.items()}


def _to_table(name: str, filing_id: str, rows: list[Row]) -> pa.Table:
    spec = stored_tables()[name]
    order = [(column, "ascending") for column in spec.row_order]
    columns = [
        pa.array([filing_id if field.name == "filing_id" else _clean(row.get(field.name)) for row in rows], field.type)
        for field in spec.schema
    ]
    table = pa.table(columns, schema=spec.schema)
    return table.sort_by(order) if order else table


def _clean(value: object) -> object:
    """Replace half characters, which some PDFs hand over and UTF-8 cannot hold."""
    return _LONE_SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value


def _fit_numbers(name: str, rows: list[Row]) -> Iterable[Row]:
    """Round decimals to the stored scale, in place; yield a finding for each that has no room and is left out."""
    decimals = [field for field in stored_tables()[name].schema if pa.types.is_decimal(field.type)]
    for row in rows:
        for field in decimals:
            value = row.get(field.name)
            if not isinstance(value, Decimal):
                continue
            if value.is_finite() and value.adjusted() < _DIGITS[field.type]:
                row[field.name] = value.quantize(Decimal(1).scaleb(-field.type.scale), context=_WIDE)
                continue
            row[field.name] = None
            yield {
                "project_no": row.get("project_no"),
                "indicator_no": row.get("indicator_no"),
                "rule": "number_too_large",
                "severity": "error",
                "message": "数字过大，无法作为数值保存，请核对原文。",
                "evidence": str(row.get("target_raw") or row.get("budget_raw") or value)[:200],
                "page": row.get("page"),
                "table_no": row.get("table_no"),
                "row_no": row.get("row_no"),
            }


def _place(place: Place) -> Row:
    return {"page": place.page, "table_no": place.table_no, "row_no": place.row_no}


def _target(target: Target | None, prefix: str = "") -> Row:
    if target is None:
        return {}
    parsed = {
        "comparator": target.comparator,
        "comparator_stated": target.comparator_stated,
        "value_low": target.value_low,
        "value_high": target.value_high,
        "unit": target.unit,
        "base_value_low": target.base_value_low,
        "base_value_high": target.base_value_high,
        "base_unit": target.base_unit,
        "due_date": target.due_date,
        "grade": target.grade,
    }
    return {
        f"{prefix or 'target_'}raw": target.raw,
        f"{prefix or 'target_'}kind": target.target_kind,
        f"{prefix or 'target_'}notes": " ".join(target.notes) or None,
        **{f"{prefix}{name}": value for name, value in parsed.items()},
    }


def _filing_row(file: InboxFact, records: FilingRecords) -> Row:
    filing = records.filing
    return {
        "file_name": file.file_name,
        "format": file.format,
        "county": filing.county,
        "township": filing.township,
        "division_code": filing.division_code,
        "unit_code": filing.unit_code,
        "unit_name": filing.unit_name,
        "fiscal_year": filing.fiscal_year,
        "doc_kind": filing.doc_kind,
        "taxonomy": filing.taxonomy,
        "overall_goal": filing.overall_goal,
        "page_count": file.page_count,
        "received_at": file.received_at.astimezone(UTC).replace(tzinfo=None),
        "is_current": True,
        "fiscal_year_source": filing.fiscal_year_source,
        "content_hash": hash_content(records),
    }


def hash_content(records: FilingRecords) -> str:
    """Hash what a filing says, without white space, places and format: equal for a DOCX and the PDF made of it."""
    said = (
        [
            (p.project_code, p.project_name, p.budget_raw, p.fiscal_raw, p.other_raw, p.purpose)
            for p in records.projects
        ],
        [(s.project_no, s.month, s.pct_raw) for s in records.spending_plan],
        [(o.project_no, o.objective_text) for o in records.objectives],
        [
            (i.project_no, i.level2, i.indicator_raw, i.description, i.target.raw, i.basis, i.weight_raw, i.score_raw)
            for i in records.indicators
        ],
        [i.actual.raw if i.actual else None for i in records.indicators],
        [(n.section, n.title, n.goal_text, n.indicator_text) for n in records.narrative_goals],
        records.filing.overall_goal,
    )
    return hashlib.sha256(json.dumps(_squash(said)).encode()).hexdigest()


def _squash(value: object) -> object:
    """Take all white space out of every text in nested lists; an empty text is as good as none."""
    if isinstance(value, list | tuple):
        return [_squash(part) for part in value]
    return _BLANK.sub("", value) or None if isinstance(value, str) else value


def _project_rows(records: FilingRecords) -> list[Row]:
    return [
        {
            "project_no": p.project_no,
            "project_code": p.project_code,
            "project_name": p.project_name,
            "project_category": p.project_category,
            "budget_yuan": p.budget_yuan,
            "fiscal_yuan": p.fiscal_yuan,
            "carryover_yuan": p.carryover_yuan,
            "other_yuan": p.other_yuan,
            "purpose": p.purpose,
            "project_year": p.project_year,
            "is_carryover": p.is_carryover,
            "notice_number": p.notice_number,
            "adjusted_yuan": p.adjusted_yuan,
            "executed_yuan": p.executed_yuan,
            "budget_raw": p.budget_raw,
            "fiscal_raw": p.fiscal_raw,
            "carryover_raw": p.carryover_raw,
            "other_raw": p.other_raw,
            "adjusted_raw": p.adjusted_raw,
            "executed_raw": p.executed_raw,
            "execution_rate_raw": p.execution_rate_raw,
            "money_unit_raw": p.money_unit_raw,
            "unit_name": p.unit_name,
            **_place(p.place),
        }
        for p in records.projects
    ]


def _spending_rows(records: FilingRecords) -> list[Row]:
    return [
        {
            "project_no": s.project_no,
            "month": s.month,
            "cumulative_pct": s.cumulative_pct,
            "pct_raw": s.pct_raw,
            **_place(s.place),
        }
        for s in records.spending_plan
    ]


def _objective_rows(records: FilingRecords) -> list[Row]:
    return [
        {
            "project_no": o.project_no,
            "objective_no": o.objective_no,
            "objective_text": o.objective_text,
            **_place(o.place),
        }
        for o in records.objectives
    ]


def _indicator_rows(records: FilingRecords) -> list[Row]:
    return [
        {
            "project_no": i.project_no,
            "indicator_no": i.indicator_no,
            "level1": i.level1,
            "level2": i.level2,
            "level2_group": i.level2_group,
            "indicator_raw": i.indicator_raw,
            "indicator": i.indicator,
            "description": i.description,
            **_target(i.target),
            "weight": i.weight,
            "basis": i.basis,
            **_target(i.actual, "actual_"),
            "unit_family": unit_family(i.target.unit) if i.target.unit else None,
            "actual_unit_family": unit_family(i.actual.unit) if i.actual and i.actual.unit else None,
            "name_method": i.name_method,
            "name_confidence": i.name_confidence,
            "weight_raw": i.weight_raw,
            "score": i.score,
            "score_raw": i.score_raw,
            "deviation_reason": i.deviation_reason,
            **_place(i.place),
        }
        for i in records.indicators
    ]


def _narrative_rows(records: FilingRecords) -> list[Row]:
    return [
        {
            "section": n.section,
            "goal_no": n.goal_no,
            "title": n.title,
            "goal_text": n.goal_text,
            "indicator_text": n.indicator_text,
            **_target(n.target),
            **_place(n.place),
        }
        for n in records.narrative_goals
    ]


def _finding_rows(records: FilingRecords) -> list[Row]:
    return [
        {
            "finding_no": number,
            "project_no": f.project_no,
            "indicator_no": f.indicator_no,
            "rule": f.rule,
            "severity": f.severity,
            "message": f.message,
            "evidence": f.evidence,
            **_place(f.place),
        }
        for number, f in enumerate(records.findings, 1)
    ]


def _unread_rows(records: FilingRecords) -> list[Row]:
    return [
        {
            "page": u.page,
            "table_no": u.table_no,
            "row_no": u.row_no,
            "col_no": u.col_no,
            "text": u.text,
            "reason": u.reason,
        }
        for u in records.unread_cells
    ]
