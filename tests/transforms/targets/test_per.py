from decimal import Decimal

import pytest

from transforms.numbers.units import find_unit
from transforms.targets.parse import parse_target


@pytest.mark.parametrize(
    ("text", "comparator", "value", "unit"),
    [
        ("每村超过7500元", ">", "7500", "元/村"),
        ("每户补助超过2000元", ">", "2000", "元/户"),
        ("每村未超过7500元", "<=", "7500", "元/村"),
        ("每人上限500元", "<=", "500", "元/人"),
        ("每亩限额500元", "<=", "500", "元/亩"),
        ("每年起码3次", ">=", "3", "次/年"),
        ("每个项目不超过10万元", "<=", "100000", "元/项目"),
        ("每间每晚不超过300元", "<=", "300", "元/间·晚"),
        ("每户节约用水3吨以上", ">=", "3", "吨/户"),
        ("每月平均开展2次以上", ">=", "2", "次/月"),
    ],
)
def test_a_comparison_after_what_it_is_per_is_kept(text: str, comparator: str, value: str, unit: str) -> None:
    target = parse_target(text)
    bound = target.value_low if comparator in (">", ">=") else target.value_high
    assert (target.comparator, bound, target.unit) == (comparator, Decimal(value), unit)


@pytest.mark.parametrize("text", ["每年增长5%", "年均增长5%", "≥5%（每年）"])
def test_a_percentage_of_every_year_is_a_percentage(text: str) -> None:
    assert parse_target(text).unit == "%"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("每村5万元/年", "元/村·年"),
        ("1200元/人/年（每年）", "元/人·年"),
        ("1500元/人、月", "元/人·月"),
        ("1500元/人*月", "元/人·月"),
        ("1500元/人×月", "元/人·月"),
        ("1500元/月人", "元/人·月"),
        ("80元/亩次", "元/亩·次"),
        ("1500元/每人每月", "元/人·月"),
        ("1500元/每人/每月", "元/人·月"),
        ("每人/月1500元", "元/人·月"),
        ("月人均1500元", "元/人·月"),
        ("年人均1500元", "元/人·年"),
        ("人年均1500元", "元/人·年"),
        ("人均每年1500元", "元/人·年"),
    ],
)
def test_all_that_money_is_per_is_read_in_one_order(text: str, unit: str) -> None:
    target = parse_target(text)
    assert (target.target_kind, target.unit) == ("money", unit)


def test_a_count_is_per_all_that_is_said_of_it() -> None:
    assert parse_target("每村2次/年").unit == "次/村·年"
    assert parse_target("≤50毫克/立方米（每天）").unit == "毫克/立方米/天"


def test_a_unit_column_says_what_it_is_per_in_the_same_ways() -> None:
    assert {
        find_unit(text).name for text in ("元/人·月", "元/月·人", "元/人、月", "元/每人每月") if find_unit(text)
    } == {"元/人·月"}
