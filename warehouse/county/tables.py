"""What the county keeps by hand in ``<home>/config``, as tables that the models read; absent files are empty tables."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyarrow as pa

from transforms.doubts import doubt_reasons
from warehouse.county.files import read_county_rows
from warehouse.county.finding_states import FINDING_STATES_FILE, read_finding_states
from warehouse.county.measures import (
    DENOMINATORS_FILE,
    SIZES_FILE,
    STANDARDS_FILE,
    read_measures,
    read_year,
)
from warehouse.county.mistakes import Mistakes
from warehouse.county.polarity import POLARITY_FILE, IndicatorName, read_polarities
from warehouse.county.registry import KINDS, Registry, read_registry
from warehouse.county.thresholds import THRESHOLDS_FILE, read_thresholds
from warehouse.schema import DAY, TEXT, WHOLE

DEADLINE_COLUMNS = ("doc_kind", "fiscal_year", "due_on", "note")
RULE_COLUMNS = ("rule", "enabled", "severity", "note")
CATALOGUE_COLUMNS = (
    *("rule", "title", "severity", "sentence", "dimension", "guide", "holds", "waits_for", "yields_to"),
    *("counts_in", "told_to"),
)
SEVERITIES = ("error", "warning", "info")
SWITCHES = {"": True, "是": True, "1": True, "on": True, "否": False, "0": False, "off": False}

CONFIG_FILES = (
    "townships.csv",
    STANDARDS_FILE,
    DENOMINATORS_FILE,
    SIZES_FILE,
    POLARITY_FILE,
    THRESHOLDS_FILE,
    "deadlines.csv",
    "rules.csv",
    "terms.csv",
    FINDING_STATES_FILE,
)
"""The files of the county that decide what a build holds."""

_TOWNSHIPS = pa.schema(
    [
        ("township", TEXT),
        ("county", TEXT),
        ("division_code", TEXT),
        ("villages", WHOLE),
        ("population", WHOLE),
        ("expects_targets", pa.bool_()),
        ("expects_self_evaluation", pa.bool_()),
    ]
)
_TOWNSHIP_NAMES = pa.schema([("name", TEXT), ("unit_code", TEXT), ("township", TEXT)])
_DEADLINES = pa.schema([("fiscal_year", WHOLE), ("doc_kind", TEXT), ("due_on", DAY)])
_RULES = pa.schema(
    [
        ("rule", TEXT),
        ("title", TEXT),
        ("severity", TEXT),
        ("sentence", TEXT),
        ("dimension", TEXT),
        ("holds", TEXT),
        ("waits_for", TEXT),
        ("yields_to", TEXT),
        ("counts_in", TEXT),
        ("told_to", TEXT),
        ("is_enabled", pa.bool_()),
    ]
)
_DOUBT_REASONS = pa.schema([("reason", TEXT), ("holds", pa.bool_()), ("is_filed", pa.bool_()), ("sentence", TEXT)])


def read_county_tables(
    config: Path,
    program: Path,
    filed_names: Iterable[tuple[str | None, str | None]],
    filed_indicators: Iterable[IndicatorName] = (),
) -> dict[str, pa.Table]:
    """Give the tables of schema ``config``; ``program`` is ``sql/``, where the catalogue of rules and the list of polarities are.

    ``filed_names`` are the (township, unit code) pairs met in filings, ``filed_indicators`` the indicators' names with
    the kinds of their targets. Raises CountyFileError, in Chinese with file, line and column of every mistake.
    """
    mistakes = Mistakes()
    registry = read_registry(config / "townships.csv", mistakes)
    tables = {
        "townships": _read_townships(registry),
        "township_names": _match_names(registry, filed_names),
        "township_aliases": _read_aliases(registry),
        "doubt_reasons": _list_doubt_reasons(),
        **read_measures(config, mistakes),
        "deadlines": _read_deadlines(config / "deadlines.csv", mistakes),
        "rules": _read_rules(config / "rules.csv", program / "rules" / "catalogue.csv", mistakes),
        "thresholds": read_thresholds(program, config, mistakes),
        "finding_states": read_finding_states(config, mistakes),
        "polarities": read_polarities(program / "polarity", config, filed_indicators, mistakes),
    }
    mistakes.refuse()
    return tables


def _list_doubt_reasons() -> pa.Table:
    """Give the reasons of doubts; they are the program's own, but the models read them beside the rules."""
    rows = [
        {"reason": one.code, "holds": one.holds, "is_filed": one.is_filed, "sentence": one.sentence}
        for one in doubt_reasons().values()
    ]
    return pa.Table.from_pylist(rows, schema=_DOUBT_REASONS)


def _read_townships(registry: Registry) -> pa.Table:
    rows = [
        {
            "township": one.township,
            "county": None,
            "division_code": one.division_code,
            "villages": one.villages,
            "population": one.population,
            "expects_targets": "targets" in one.expected_kinds,
            "expects_self_evaluation": "self_evaluation" in one.expected_kinds,
        }
        for one in registry.townships
    ]
    return pa.Table.from_pylist(rows, schema=_TOWNSHIPS)


def _match_names(registry: Registry, filed: Iterable[tuple[str | None, str | None]]) -> pa.Table:
    """Give the registry's name for each name and unit code met in filings that it knows."""
    rows = [
        {"name": name, "unit_code": unit_code, "township": found.township}
        for name, unit_code in sorted(set(filed), key=lambda pair: (pair[0] or "", pair[1] or ""))
        if (found := registry.find(name, unit_code)) is not None
    ]
    return pa.Table.from_pylist(rows, schema=_TOWNSHIP_NAMES)


def _read_aliases(registry: Registry) -> pa.Table:
    names = [(name, one.township) for one in registry.townships for name in (one.township, *one.aliases)]
    rows = [{"name": name, "unit_code": None, "township": township} for name, township in dict(names).items()]
    return pa.Table.from_pylist(rows, schema=_TOWNSHIP_NAMES)


def _read_deadlines(path: Path, mistakes: Mistakes) -> pa.Table:
    rows = []
    seen: dict[tuple[object, str], int] = {}
    for line, row in mistakes.rows(path, DEADLINE_COLUMNS):
        year, kind = read_year(path, line, row["fiscal_year"], mistakes), row["doc_kind"]
        if kind not in KINDS:
            mistakes.add(path, line, "doc_kind", f"“{kind}”应为 {' 或 '.join(KINDS)}")
        if not row["fiscal_year"]:
            mistakes.add(path, line, "fiscal_year", "不能为空")
        if (year, kind) in seen:
            mistakes.add(path, line, "doc_kind", f"{year} 年 {kind} 与第{seen[year, kind]}行重复")
        seen[year, kind] = line
        rows.append({"fiscal_year": year, "doc_kind": kind, "due_on": _day(path, line, row["due_on"], mistakes)})
    return pa.Table.from_pylist(rows, schema=_DEADLINES)


def _read_rules(path: Path, catalogue: Path, mistakes: Mistakes) -> pa.Table:
    """Lay the county's switches over the catalogue of review rules; they hold for the reader's own findings too."""
    rules: dict[str, dict[str, object]] = {
        row["rule"]: {**row, "sentence": row["sentence"] or None, "holds": row["holds"] or None, "is_enabled": True}
        for _, row in read_county_rows(catalogue, CATALOGUE_COLUMNS)
    }
    for line, row in mistakes.rows(path, RULE_COLUMNS):
        switch, severity = SWITCHES.get(row["enabled"].lower()), row["severity"]
        if switch is None:
            mistakes.add(path, line, "enabled", f"“{row['enabled']}”应为 是 或 否")
        if severity and severity not in SEVERITIES:
            mistakes.add(path, line, "severity", f"“{severity}”应为 {'、'.join(SEVERITIES)}")
        known = rules.setdefault(row["rule"], {"rule": row["rule"]})
        rules[row["rule"]] = {**known, "is_enabled": switch, **({"severity": severity} if severity else {})}
    return pa.Table.from_pylist(list(rules.values()), schema=_RULES)


def _day(path: Path, line: int, text: str, mistakes: Mistakes) -> date | None:
    parts = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", text)
    try:
        if parts is not None:
            return date(int(parts[1]), int(parts[2]), int(parts[3]))
    except ValueError:
        pass
    mistakes.add(path, line, "due_on", f"“{text}”应为 2023-12-31 这样的日期")
    return None
