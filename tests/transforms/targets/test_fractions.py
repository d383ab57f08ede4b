from decimal import Decimal

import pytest

from transforms.targets.parse import parse_target


@pytest.mark.parametrize(
    ("text", "comparator", "value"),
    [
        ("十分之一", "=", "0.1"),
        ("三分之二以上", ">=", "0.666667"),
        ("不少于1/3", ">=", "0.333333"),
        ("≤1/2", "<=", "0.5"),
        ("达到四分之三", "=", "0.75"),
        ("½", "=", "0.5"),
        ("约三分之一", "=", "0.333333"),
        ("9/10", "=", "0.9"),
    ],
)
def test_a_fraction_is_a_kind_of_its_own(text: str, comparator: str, value: str) -> None:
    target = parse_target(text)
    bound = target.value_high if comparator == "<=" else target.value_low
    assert (target.target_kind, target.comparator, bound, target.unit) == ("fraction", comparator, Decimal(value), None)


@pytest.mark.parametrize(
    "text", ["三分之二以上村民同意", "3/2", "1/12", "12/31", "1/3个", "三分之零", "1:3", "二分之三"]
)
def test_what_is_not_one_as_a_whole_is_no_fraction(text: str) -> None:
    assert parse_target(text).target_kind != "fraction"


def test_hundredths_are_percentages() -> None:
    assert (parse_target("百分之五").target_kind, parse_target("百分之五").unit) == ("percent", "%")
