from collections import Counter
from pathlib import Path

import pytest

from tests.benchmarks.measure_values import is_right, read_cases
from transforms.targets import parse_target

_CASES = Path(__file__).parents[2].parent / "shared" / "cases" / "values.jsonl"


@pytest.mark.skipif(not _CASES.is_file(), reason="the shared value cases are not beside this checkout")
def test_at_least_97_percent_of_other_projects_cases_are_right() -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for case in read_cases(_CASES):
        total[case.kind] += 1
        right[case.kind] += is_right(case, parse_target(case.text, year=case.year))
    assert set(total) >= {"number", "money", "percent", "date", "quantity"}
    assert {kind: right[kind] / total[kind] for kind in total if right[kind] < 0.97 * total[kind]} == {}
