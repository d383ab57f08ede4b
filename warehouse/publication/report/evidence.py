"""What a row's sheet of evidence says beside the row: how its figure was computed, with whom, by which rule, on what ground."""

import csv
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import sql
from warehouse.publication.marts.tables import Mart, Warehouse

GROUND = "适当性"
"""The dimension of the review that comparisons with other townships belong to."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a mart compares: what the sheet of one of its rows recomputes.

    ``formulas`` name columns in braces; the first all of whose columns have a value is shown. Rows of one group show the
    same in each of ``group``. ``value`` is what the median is taken of, one of each township; ``verdict`` is the column
    whose explanation is the rule; ``columns`` are those that the list of the others shows.
    """

    formulas: tuple[str, ...]
    group: tuple[str, ...]
    value: str
    median: str
    verdict: str
    columns: tuple[str, ...]


COMPARISONS = {
    "cost_comparison": Comparison(
        (
            "{compared_yuan} 元 ÷ 中位数 {county_median_yuan} 元 = {ratio_to_median}",
            "{value_yuan} 元 ÷ 中位数 {county_median_yuan} 元 = {ratio_to_median}",
        ),
        ("indicator", "county", "compared_within", "county_median_yuan", "peers"),
        "compared_yuan",
        "county_median_yuan",
        "outlier",
        ("township", "project_name", "target_raw", "compared_yuan", "ratio_to_median", "outlier"),
    ),
    "budget_comparison": Comparison(
        (
            "每{denominator} {compared_yuan} 元 ÷ 中位数 {county_median_compared_yuan} 元 = {ratio_compared}",
            "{current_yuan} 元 ÷ 中位数 {county_median_yuan} 元 = {ratio_to_median}",
        ),
        ("project_category", "county", "denominator", "county_median_compared_yuan", "county_median_yuan"),
        "compared_yuan",
        "county_median_compared_yuan",
        "outlier",
        ("township", "current_yuan", "compared_yuan", "ratio_compared", "outlier"),
    ),
    "target_comparison": Comparison(
        ("{compared_value} 与中位数 {county_median} 相差 {strictness_distance}",),
        ("indicator", "county", "compared_within", "denominator", "county_median", "peers"),
        "compared_value",
        "county_median",
        "strictness",
        ("township", "project_name", "target_raw", "compared_value", "strictness"),
    ),
    "deadline_comparison": Comparison(
        ("{due_date} 与中位日期 {county_median_date} 相差 {days_after_median} 天",),
        ("indicator", "county", "county_median_date", "peers"),
        "",
        "county_median_date",
        "lateness",
        ("township", "project_name", "target_raw", "due_date", "days_after_median", "lateness"),
    ),
}

FINDINGS, FINDING = "review_findings", ("figures",)
"""The findings have a sheet too; the columns that it needs beside those of the table."""


def needed_columns(table: Mart) -> tuple[str, ...]:
    """Give the columns that sheets of this mart's rows need, whether a table shows them or not."""
    comparison = COMPARISONS.get(table.name)
    if comparison is None:
        return FINDING if table.name == FINDINGS else ()
    named = {name for formula in comparison.formulas for name in re.findall(r"{(\w+)}", formula)}
    wanted = (*comparison.group, comparison.value, *comparison.columns, *sorted(named))
    return tuple(name for name in dict.fromkeys(wanted) if name in table.positions)


def sheet_words(warehouse: Warehouse) -> dict[str, object]:
    """Give what the page's script needs: each mart's comparison with its rule, the review rules by title, the grounds."""
    marts = {}
    for name, comparison in COMPARISONS.items():
        table = warehouse.mart(name)
        if table is not None and comparison.verdict in table.positions:
            marts[name] = {**asdict(comparison), "rule": _without_codes(table.column(comparison.verdict).meaning)}
    return {"marts": marts, "rules": _rules(), "grounds": _grounds(), "ground": GROUND}


def ground_of_comparisons() -> str:
    """Give the ground of what is said of a figure beside those of the other townships."""
    return f"{_grounds()[GROUND]}；本县另有规定的，从其规定。"


def _without_codes(meaning: str) -> str:
    """Leave a column's codes out of its explanation: high 明显偏高 is 明显偏高."""
    return re.sub(r"(?<![a-z])[a-z_]+(?:、[a-z_]+)* ", "", meaning)


def _rules() -> Mapping[str, list[str]]:
    """Give the review rules' words by their title: what is checked, what is not reported, what is to be done."""
    text = (Path(sql.__file__).parent / "rules" / "README.md").read_text(encoding="utf-8")
    parts = re.findall(r"^\*\*(.+?)\*\*（.+?）\n\n((?:- .+\n?)+)", text, re.MULTILINE)
    return {title: [line.removeprefix("- ") for line in lines.splitlines()] for title, lines in parts}


def _grounds() -> Mapping[str, str]:
    with Path(__file__).with_name("grounds.csv").open(encoding="utf-8", newline="") as file:
        return {row["dimension"]: row["ground"] for row in csv.DictReader(file)}
