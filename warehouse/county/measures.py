"""The county's standards, and what counts are compared per: hand-kept tables whose mistakes are all said at once."""

from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path

import pyarrow as pa

from transforms.names.indicators import name_indicator
from transforms.numbers.units import unit_family
from transforms.targets.parse import parse_target
from transforms.words.folding import squash
from warehouse.county.mistakes import Mistakes
from warehouse.county.polarity import bare_name
from warehouse.county.terms_file import read_terms
from warehouse.schema import TEXT, VALUE, WHOLE

STANDARDS_FILE, DENOMINATORS_FILE, SIZES_FILE = "standards.csv", "denominators.csv", "sizes.csv"
STANDARD_COLUMNS = ("indicator", "level2_group", "target", "fiscal_year", "source", "note", "applies_to")
DENOMINATOR_COLUMNS = ("name", "measure", "note")
SIZE_COLUMNS = ("township", "measure", "amount", "note")

OWN_MEASURES = {"村": "villages", "人": "population", "元": "budget", "总量": "none"}
"""Measures that need no line in sizes.csv: of the registry, of the project itself, and none at all."""
APPLIES_TO = {"": "indicator", "指标": "indicator", "预算": "budget", "indicator": "indicator", "budget": "budget"}

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
_BUDGET_STANDARDS = pa.schema(
    [
        ("fiscal_year", WHOLE),
        ("project_category", TEXT),
        ("measure", TEXT),
        ("comparator", TEXT),
        ("standard_yuan", VALUE),
        ("source", TEXT),
    ]
)
_DENOMINATORS = pa.schema([("name", TEXT), ("measure", TEXT)])
_SIZES = pa.schema([("township", TEXT), ("measure", TEXT), ("amount", VALUE)])


def read_measures(config: Path, mistakes: Mistakes) -> dict[str, pa.Table]:
    """Give the tables standards, budget_standards, denominators and sizes of schema ``config``."""
    sizes = _read_sizes(config / SIZES_FILE, mistakes)
    measures = {*OWN_MEASURES, *(str(row["measure"]) for row in sizes)}
    standards, budgets = _read_standards(config, measures, mistakes)
    return {
        "standards": pa.Table.from_pylist(standards, schema=_STANDARDS),
        "budget_standards": pa.Table.from_pylist(budgets, schema=_BUDGET_STANDARDS),
        "denominators": pa.Table.from_pylist(
            _read_denominators(config / DENOMINATORS_FILE, measures, mistakes), schema=_DENOMINATORS
        ),
        "sizes": pa.Table.from_pylist(sizes, schema=_SIZES),
    }


def _read_standards(
    config: Path, measures: set[str], mistakes: Mistakes
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Read the standards; a standard is written as a target is ("≥95%", "≤7500元/村") and read with the same grammar.

    One that applies to a budget is so much for each of something (≥12400元/村): times the number of these it is the
    least, the most, or the exact budget of the project category that ``indicator`` names.
    """
    path = config / STANDARDS_FILE
    name = partial(name_indicator, terms=read_terms(config / "terms.csv", mistakes))
    standards: list[dict[str, object]] = []
    budgets: list[dict[str, object]] = []
    seen: dict[tuple[object, ...], int] = {}
    for line, row in mistakes.rows(path, STANDARD_COLUMNS):
        year = read_year(path, line, row["fiscal_year"], mistakes)
        applies_to = APPLIES_TO.get(row["applies_to"])
        if applies_to is None:
            mistakes.add(path, line, "applies_to", f"“{row['applies_to']}”应为 指标 或 预算")
        if not row["indicator"]:
            mistakes.add(path, line, "indicator", "不能为空")
        target = parse_target(row["target"], name=row["indicator"])
        values = (target.base_value_low, target.value_low, target.base_value_high, target.value_high)
        value = next((value for value in values if value is not None), None)
        if value is None or target.comparator == "between":
            mistakes.add(path, line, "target", f"标准“{row['target']}”应写成 ≥95%、≤7500元/村 这样的一个数值")
            continue
        comparator = {">": ">=", "<": "<="}.get(str(target.comparator), target.comparator)
        if applies_to == "budget":
            per = (target.unit or "").partition("/")[2]
            if target.target_kind != "money" or per not in measures:
                said = f"预算标准“{row['target']}”应写成 ≥12400元/村：每一{'、'.join(sorted(measures - {'元', '总量'}))}多少元"
                mistakes.add(path, line, "target", said)
                continue
            key: tuple[object, ...] = ("budget", year, row["indicator"], per)
            budgets.append(
                {
                    "fiscal_year": year,
                    "project_category": row["indicator"],
                    "measure": per,
                    "comparator": comparator,
                    "standard_yuan": round(Decimal(value), 6),
                    "source": row["source"] or None,
                }
            )
        else:
            family = unit_family(target.unit, target.target_kind)
            named = name(None, row["level2_group"] or None, row["indicator"], family)
            key = ("indicator", year, named.level2_group, named.indicator, family)
            standards.append(
                {
                    "fiscal_year": year,
                    "level2_group": named.level2_group or "",
                    "indicator": named.indicator,
                    # 元 without "per what" holds for every money row of that name.
                    "unit_family": None if family == "money" else family,
                    "comparator": comparator,
                    "standard_value": round(Decimal(value), 6),
                    "source": row["source"] or None,
                }
            )
        if key in seen:
            mistakes.add(path, line, "indicator", f"“{row['indicator']}”与第{seen[key]}行重复")
        seen.setdefault(key, line)
    return standards, budgets


def _read_denominators(path: Path, measures: set[str], mistakes: Mistakes) -> list[dict[str, object]]:
    rows: dict[str, dict[str, object]] = {}
    for line, row in mistakes.rows(path, DENOMINATOR_COLUMNS):
        name = bare_name(row["name"])
        if not name:
            mistakes.add(path, line, "name", "应写指标名称或项目类别")
        if row["measure"] not in measures:
            known = "、".join(sorted(measures))
            mistakes.add(path, line, "measure", f"“{row['measure']}”应为 {known}，其他口径请先写进 {SIZES_FILE}")
        if name in rows:
            mistakes.add(path, line, "name", f"“{row['name']}”写了两次")
        rows[name] = {"name": name, "measure": row["measure"]}
    return list(rows.values())


def _read_sizes(path: Path, mistakes: Mistakes) -> list[dict[str, object]]:
    rows: dict[tuple[str, str], dict[str, object]] = {}
    for line, row in mistakes.rows(path, SIZE_COLUMNS):
        key = (row["township"], row["measure"])
        for column in ("township", "measure"):
            if not row[column]:
                mistakes.add(path, line, column, "不能为空")
        if row["measure"] in OWN_MEASURES:
            mistakes.add(path, line, "measure", f"“{row['measure']}”由 townships.csv 或项目本身给出，不在此处填写")
        try:
            amount = Decimal(squash(row["amount"]).replace(",", ""))
        except InvalidOperation:
            amount = Decimal(0)
        if not (amount.is_finite() and amount > 0):
            mistakes.add(path, line, "amount", f"“{row['amount']}”应为大于零的数")
            continue
        if key in rows:
            mistakes.add(path, line, "township", f"“{row['township']}”的“{row['measure']}”写了两次")
        rows[key] = {"township": row["township"], "measure": row["measure"], "amount": round(amount, 6)}
    return list(rows.values())


def read_year(path: Path, line: int, text: str, mistakes: Mistakes) -> int | None:
    """Read a year of four digits, or none."""
    if text and not (len(text) == 4 and text.isdecimal() and text[:2] in ("19", "20")):
        mistakes.add(path, line, "fiscal_year", f"“{text}”应为四位年份")
        return None
    return int(text) if text else None
