"""Measures the findings on the demo's filings against judged ones: ``python -m tests.accuracy.findings [HOME]``.

``judged_findings.csv`` has a verdict on each finding: useful, noise (true, but not worth a township's time) or false. Printed
per rule: how many are told to townships, how many of these are useful, noise, false or not judged yet, then precision,
noise and how many of the faults that the inventor planted are named. HOME is a home of ``jixiao demo``; without it one is
made.
"""

import argparse
import csv
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import duckdb

from tests.places import ROOT

JUDGED = Path(__file__).with_name("judged_findings.csv")
PLANTED = ROOT / "tests" / "samples" / "county" / "faults.csv"
NAMES = {
    "late_deadline": "deadline_outside_year",
    "plan_below_100": "spending_plan_not_100",
    "vague_quantity": "quantity_without_number",
    "amounts_differ": "budget_parts",
    "empty_target": "target_empty",
    "weights_below_100": "weights_not_100",
    "rate_over_100": "rate_above_100",
    "wrong_check_character": "project_code_check",
    "repeated_indicator": "name_repeated",
    "other_township": "foreign_place_name",
    "plan_falling": "spending_plan_falls",
    "doubled_text": "target_doubled_text",
}
"""Planted fault → the rule that names it."""

_FINDINGS = """
    select file_name, rule, coalesce(project_name, ''), coalesce(indicator_raw, ''), coalesce(figures, ''),
        severity <> 'info' and told_to = 'township' and not is_shared
    from mart.review_findings
"""
_NAMED = "select 1 from mart.review_findings where fiscal_year = ? and township = ? and rule = ?"


def count_verdicts(connection: duckdb.DuckDBPyConnection) -> Counter[tuple[str, str]]:
    """Count what is told to townships by rule and verdict (useful, noise, false; new: not judged yet)."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        judged = {tuple(row[:-1]): row[-1] for row in list(csv.reader(file))[1:]}
    counted: Counter[tuple[str, str]] = Counter()
    for *key, is_told in connection.execute(_FINDINGS).fetchall():
        if is_told:
            counted[key[1], judged.get(tuple(key), "new")] += 1
    return counted


def find_missed(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Give the planted faults that no finding names."""
    with PLANTED.open(encoding="utf-8", newline="") as file:
        planted = list(csv.DictReader(file))
    return [
        f"{fault['year']} {fault['township']} {fault['fault']}"
        for fault in planted
        if not connection.execute(_NAMED, [int(fault["year"]), fault["township"], NAMES[fault["fault"]]]).fetchone()
    ]


def main() -> None:
    """Print the verdicts by rule, then precision, noise and recall."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, nargs="?")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        home = arguments.home or Path(passing) / "demo"
        if arguments.home is None:
            subprocess.run([sys.executable, "-m", "pipelines.cli", "--home", str(home), "demo"], cwd=ROOT, check=True)
        with duckdb.connect(str((home / "county.duckdb").resolve()), read_only=True) as connection:
            counted, missed = count_verdicts(connection), find_missed(connection)
    for rule in sorted({rule for rule, _ in counted}):
        print(rule, *(f"{v} {counted[rule, v]}" for v in ("useful", "noise", "false", "new") if counted[rule, v]))
    sums = {v: sum(n for (_, of), n in counted.items() if of == v) for v in ("useful", "noise", "false", "new")}
    told = sum(sums.values()) - sums["new"]
    print(
        f"told to townships and judged: {told}; precision {1 - sums['false'] / told:.3f}, noise {sums['noise'] / told:.3f}"
    )
    print(f"not judged: {sums['new']}; planted faults not named: {', '.join(missed) or 'none'}")


if __name__ == "__main__":
    main()
