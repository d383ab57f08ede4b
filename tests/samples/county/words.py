"""The invented county's data: its townships, projects, indicators, styles, outliers and planted faults."""

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class TownshipWords:
    """One invented township and its habits.

    ``forms`` maps a year to the layout of its targets, ``formats`` holds docx, pdf or both; ``cost_level`` scales
    money, ``strictness`` is the usual percentage, ``plan`` the shape of its spending, ``goals`` which goal texts.
    """

    township: str
    unit_code: str
    villages: int
    population: int
    forms: dict[int, str]
    self_evaluation: str
    formats: tuple[str, ...]
    style: int
    cost_level: Decimal
    strictness: int
    plan: str
    goals: str


@dataclass(frozen=True, slots=True)
class CountyProject:
    """One project category: how its amount grows with the township, when it exists, and its texts."""

    category: str
    rule: str
    yuan: Decimal
    least_population: int
    years: range
    purpose: str
    goals: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CountyIndicator:
    """One indicator of a category: ``names`` are the names in use, ``kind`` is count, percent, cost, price, date …"""

    category: str
    group: str
    names: tuple[str, ...]
    description: str
    kind: str
    rule: str
    base: Decimal
    unit: str


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def townships() -> tuple[TownshipWords, ...]:
    """Give the invented townships."""
    return tuple(
        TownshipWords(
            row["township"],
            row["unit_code"],
            int(row["villages"]),
            int(row["population"]),
            {year: row[f"form_{year}"] for year in YEARS if row[f"form_{year}"]},
            row["self_evaluation"],
            ("docx", "pdf") if row["format"] == "both" else (row["format"],),
            int(row["style"]),
            Decimal(row["cost_level"]),
            int(row["strictness"]),
            row["plan"],
            row["goals"],
        )
        for row in _rows("townships")
    )


@cache
def county_projects() -> tuple[CountyProject, ...]:
    """Give the project categories of the county."""
    return tuple(
        CountyProject(
            row["category"],
            row["rule"],
            Decimal(row["yuan"]),
            int(row["least_population"]),
            range(int(row["from_year"]), int(row["to_year"]) + 1),
            row["purpose"],
            {key: tuple(row[f"goals_{key}"].split("|")) for key in ("a", "b")},
        )
        for row in _rows("projects")
    )


@cache
def county_indicators() -> dict[str, tuple[CountyIndicator, ...]]:
    """Give the indicators by project category."""
    found: dict[str, list[CountyIndicator]] = {}
    for row in _rows("indicators"):
        indicator = CountyIndicator(
            row["category"],
            row["group"],
            tuple(row["names"].split("|")),
            row["description"],
            row["kind"],
            row["rule"],
            Decimal(row["base"]),
            row["unit"],
        )
        found.setdefault(row["category"], []).append(indicator)
    return {category: tuple(indicators) for category, indicators in found.items()}


@cache
def styles() -> tuple[dict[str, str], ...]:
    """Give the ways to write targets, by number: one pattern each for percent, count, cost, price and date."""
    return tuple(_rows("styles"))


@cache
def outliers() -> dict[tuple[str, str, str], Decimal]:
    """Give the factors of deliberately unusual costs by (township, category, first name of the indicator)."""
    return {(row["township"], row["category"], row["name"]): Decimal(row["factor"]) for row in _rows("outliers")}


@cache
def faults() -> dict[tuple[int, str, str], str]:
    """Give the planted rule violations by (year, township, category)."""
    return {(int(row["year"]), row["township"], row["category"]): row["fault"] for row in _rows("faults")}


YEARS = (2023, 2024)
COUNTY = "虚构县"
NOTICE = "本文件为软件演示用的虚构样例，不是真实报送材料"
FILE_MARK = "【虚构样例】"
