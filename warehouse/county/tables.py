"""What the county keeps by hand in ``<home>/config``, as tables that the models read; absent files are empty tables."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pyarrow as pa

from transforms.doubts import doubt_reasons
from transforms.names.indicators import name_indicator
from transforms.numbers.units import unit_family
from transforms.targets.parse import parse_target
from warehouse.county.files import CountyFileError, read_county_rows
from warehouse.county.registry import KINDS, Registry, load_registry
from warehouse.county.terms_file import load_terms
from warehouse.schema import DAY, TEXT, VALUE, WHOLE

STANDARD_COLUMNS = ("indicator", "level2_group", "target", "fiscal_year", "source", "note")
DEADLINE_COLUMNS = ("doc_kind", "fiscal_year", "due_on", "note")
RULE_COLUMNS = ("rule", "enabled", "severity", "note")
CATALOGUE_COLUMNS = ("rule", "title", "severity", "sentence", "dimension", "guide")
SEVERITIES = ("error", "warning", "info")
SWITCHES = {"": True, "是": True, "1": True, "on": True, "否": False, "0": False, "off": False}

CONFIG_FILES = ("townships.csv", "standards.csv", "deadlines.csv", "rules.csv", "terms.csv")
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
_STANDARDS = pa.schema(
    [
        ("fiscal_year", WHOLE),
        ("level2_group", TEXT),
        ("indicator", TEXT),
        ("unit_family", TEXT),
        ("comparator", TEXT),
        ("standard_value", VALUE),
        ("source", TEXT),
    ]
)
_DEADLINES = pa.schema([("fiscal_year", WHOLE), ("doc_kind", TEXT), ("due_on", DAY)])
_RULES = pa.schema(
    [("rule", TEXT), ("title", TEXT), ("severity", TEXT), ("sentence", TEXT), ("is_enabled", pa.bool_())]
)
_DOUBT_REASONS = pa.schema([("reason", TEXT), ("holds", pa.bool_()), ("sentence", TEXT)])


def read_county_tables(
    config: Path, catalogue: Path, filed_names: Iterable[tuple[str | None, str | None]]
) -> dict[str, pa.Table]:
    """Give the tables of schema ``config``; ``filed_names`` are the (township, unit code) pairs met in filings.

    Raises CountyFileError, in Chinese with file and line, where a value cannot be used.
    """
    registry = load_registry(config / "townships.csv")
    return {
        "townships": _read_townships(registry),
        "township_names": _match_names(registry, filed_names),
        "township_aliases": _read_aliases(registry),
        "standards": _read_standards(config),
        "deadlines": _read_deadlines(config / "deadlines.csv"),
        "rules": _read_rules(config / "rules.csv", catalogue),
        "doubt_reasons": _list_doubt_reasons(),
    }


def _list_doubt_reasons() -> pa.Table:
    """Give the reasons of doubts; they are the program's own, but the models read them beside the rules."""
    rows = [{"reason": one.code, "holds": one.holds, "sentence": one.sentence} for one in doubt_reasons().values()]
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


def _read_standards(config: Path) -> pa.Table:
    """Read the standards; a standard is written as a target is ("≥95%", "≤7500元/村") and read with the same grammar."""
    path = config / "standards.csv"
    name = partial(name_indicator, terms=load_terms(config / "terms.csv"))
    rows = []
    for line, row in read_county_rows(path, STANDARD_COLUMNS):
        target = parse_target(row["target"], name=row["indicator"])
        values = (target.base_value_low, target.value_low, target.base_value_high, target.value_high)
        value = next((value for value in values if value is not None), None)
        if value is None or target.comparator == "between":
            raise CountyFileError(
                f"{path.name} 第{line}行：标准“{row['target']}”应写成 ≥95%、≤7500元/村 这样的一个数值"
            )
        family = unit_family(target.unit, target.target_kind)
        named = name(None, row["level2_group"] or None, row["indicator"], family)
        rows.append(
            {
                "fiscal_year": _year(path, line, row),
                "level2_group": named.level2_group or "",
                "indicator": named.indicator,
                # 元 without "per what" holds for every money row of that name.
                "unit_family": None if family == "money" else family,
                "comparator": {">": ">=", "<": "<="}.get(str(target.comparator), target.comparator),
                "standard_value": round(Decimal(value), 6),
                "source": row["source"] or None,
            }
        )
    return pa.Table.from_pylist(rows, schema=_STANDARDS)


def _read_deadlines(path: Path) -> pa.Table:
    rows = []
    seen: dict[tuple[object, str], int] = {}
    for line, row in read_county_rows(path, DEADLINE_COLUMNS):
        year, kind = _year(path, line, row), row["doc_kind"]
        if kind not in KINDS or year is None:
            raise CountyFileError(f"{path.name} 第{line}行：doc_kind 应为 {' 或 '.join(KINDS)}，fiscal_year 不能为空")
        if (year, kind) in seen:
            raise CountyFileError(f"{path.name} 第{line}行：{year} 年 {kind} 与第{seen[year, kind]}行重复")
        seen[year, kind] = line
        rows.append({"fiscal_year": year, "doc_kind": kind, "due_on": _day(path, line, row["due_on"])})
    return pa.Table.from_pylist(rows, schema=_DEADLINES)


def _read_rules(path: Path, catalogue: Path) -> pa.Table:
    """Lay the county's switches over the catalogue of review rules; they hold for the reader's own findings too."""
    rules: dict[str, dict[str, object]] = {
        row["rule"]: {**row, "sentence": row["sentence"] or None, "is_enabled": True}
        for _, row in read_county_rows(catalogue, CATALOGUE_COLUMNS)
    }
    for line, row in read_county_rows(path, RULE_COLUMNS):
        switch, severity = SWITCHES.get(row["enabled"].lower()), row["severity"]
        if switch is None:
            raise CountyFileError(f"{path.name} 第{line}行：enabled“{row['enabled']}”应为 是 或 否")
        if severity and severity not in SEVERITIES:
            raise CountyFileError(f"{path.name} 第{line}行：severity“{severity}”应为 {'、'.join(SEVERITIES)}")
        known = rules.setdefault(row["rule"], {"rule": row["rule"]})
        rules[row["rule"]] = {**known, "is_enabled": switch, **({"severity": severity} if severity else {})}
    return pa.Table.from_pylist(list(rules.values()), schema=_RULES)


def _year(path: Path, line: int, row: Mapping[str, str]) -> int | None:
    text = row["fiscal_year"]
    if text and not re.fullmatch(r"(?:19|20)\d\d", text):
        raise CountyFileError(f"{path.name} 第{line}行：fiscal_year“{text}”应为四位年份")
    return int(text) if text else None


def _day(path: Path, line: int, text: str) -> date:
    parts = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", text)
    try:
        if parts is not None:
            return date(int(parts[1]), int(parts[2]), int(parts[3]))
    except ValueError:
        pass
    raise CountyFileError(f"{path.name} 第{line}行：due_on“{text}”应为 2023-12-31 这样的日期")
