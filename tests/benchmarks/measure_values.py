"""Measure how many value expressions of other projects' tests are read right, per kind; list the misses.

    python tests/benchmarks/measure_values.py [VALUES.jsonl] [--bar 0.97]

Each line of the file is a case: ``input``, ``kind`` and ``expected`` (``value`` or ``low`` and ``high``, ``unit``,
``qualifier``; a date's ``end``). Every input goes through ``parse_target`` alone, as one line of ``jixiao parse`` does; a
case's ``reference`` day stands for the fiscal year. Right means: the value, the comparator and the unit agree exactly
(money to the fen where the case rounds to it), for a date its last day, and for ``reject`` that no value is read.
"""

import argparse
import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from transforms.records import Target
from transforms.targets.parse import parse_target

_COMPARATORS = {"at_least": (">=", ">"), "at_most": ("<=", "<"), "range": ("between",)}
_FEN = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class Case:
    """One expression with what it should be read as."""

    text: str
    kind: str
    expected: dict[str, str]
    year: int | None


def read_cases(path: Path) -> list[Case]:
    """Read the cases of a JSON-lines file."""
    cases = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        year = int(row["reference"][:4]) if row.get("reference") else None
        cases.append(Case(row["input"], row["kind"], row["expected"], year))
    return cases


def is_right(case: Case, target: Target) -> bool:
    """Tell whether a target agrees with its case."""
    if case.kind == "reject":
        return target.value_low is None and target.value_high is None and target.due_date is None
    if case.kind == "date":
        return target.due_date is not None and target.due_date.isoformat() == case.expected["end"]
    qualifier = case.expected.get("qualifier") or case.expected.get("comparator") or "exact"
    comparators = _COMPARATORS.get("range" if qualifier == "between" else qualifier, ("=",))
    if target.comparator not in comparators:
        return False
    unit = case.expected.get("unit") or ("元" if case.kind == "money" else None)
    filed = (target.value_low, target.value_high, target.unit)
    base = (target.base_value_low, target.base_value_high, target.base_unit)
    return any(_agrees(case, *reading, unit) for reading in (filed, base))


def _agrees(case: Case, low: Decimal | None, high: Decimal | None, unit: str | None, wanted_unit: str | None) -> bool:
    if unit != wanted_unit:
        return False
    if "low" in case.expected:
        return _equal(case, low, case.expected["low"]) and _equal(case, high, case.expected["high"])
    values = [value for value in (low, high) if value is not None]
    return bool(values) and all(_equal(case, value, case.expected["value"]) for value in values)


def _equal(case: Case, value: Decimal | None, wanted: str) -> bool:
    if value is None:
        return False
    expected = Decimal(wanted)
    return value == expected or (
        case.kind == "money" and expected.as_tuple().exponent == -2 and abs(value - expected) < _FEN
    )


def main() -> int:
    """Print right of all per kind and every miss; 1 where a kind is below the bar."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    beside = Path(__file__).resolve().parents[3] / "shared" / "cases" / "values.jsonl"
    parser.add_argument("values", nargs="?", type=Path, default=beside)
    parser.add_argument("--bar", type=float, default=0.0)
    arguments = parser.parse_args()
    right: dict[str, int] = defaultdict(int)
    total: dict[str, int] = defaultdict(int)
    misses: list[str] = []
    for case in read_cases(arguments.values):
        target = parse_target(case.text, year=case.year)
        total[case.kind] += 1
        if is_right(case, target):
            right[case.kind] += 1
        else:
            values = f"{target.target_kind} {target.comparator} {target.value_low} {target.value_high} {target.unit}"
            misses.append(f"{case.kind}: {case.text!r} -> {values} {target.due_date}; expected {case.expected}")
    for kind in sorted(total):
        print(f"{kind:9} {right[kind]:4} of {total[kind]:4}  {right[kind] / total[kind]:7.2%}")
    print(*misses, sep="\n")
    return 0 if all(right[kind] >= arguments.bar * total[kind] for kind in total) else 1


if __name__ == "__main__":
    sys.exit(main())
