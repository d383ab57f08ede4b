from collections import Counter
from decimal import Decimal

import pytest

from tests.benchmarks.measure_values import is_right, read_cases
from tests.places import SHARED
from transforms.targets.parse import parse_target

_CASES = SHARED / "cases" / "values.jsonl"


@pytest.mark.skipif(not _CASES.is_file(), reason="the shared value cases are not beside this checkout")
def test_at_least_97_percent_of_other_projects_cases_are_right() -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for case in read_cases(_CASES):
        total[case.kind] += 1
        right[case.kind] += is_right(case, parse_target(case.text, year=case.year))
    assert set(total) >= {"number", "money", "percent", "date", "quantity"}
    assert {kind: right[kind] / total[kind] for kind in total if right[kind] < 0.97 * total[kind]} == {}


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("0.26万元至0.28万元/人", "2600", "2800", "元/人"),
        ("2000元-2400元/处", "2000", "2400", "元/处"),
        ("80个至90个/年", "80", "90", "个/年"),
        ("10元/人-20元/人", "10", "20", "元/人"),
    ],
)
def test_what_a_range_is_per_may_stand_at_its_end_only(text: str, low: str, high: str, unit: str) -> None:
    target = parse_target(text)
    assert (target.comparator, target.value_low, target.value_high) == ("between", Decimal(low), Decimal(high))
    assert target.unit == unit


def test_a_range_of_unlike_units_is_text() -> None:
    assert parse_target("10元/人-20元/户").target_kind == "text"
