from decimal import Decimal

import pytest

from transforms.targets.parse import parse_target


@pytest.mark.parametrize(
    ("text", "comparator", "notes"),
    [
        ("下降5%", "=", ("decrease",)),
        ("增长5%以上", ">=", ("increase",)),
        ("同比增长5%", "=", ("increase",)),
        ("较上年增长≥5%", ">=", ("increase",)),
        ("比去年同期降低不超过5个百分点", "<=", ("decrease",)),
        ("逐年下降5%", "=", ("decrease",)),
        ("降幅不低于5%", ">=", ("decrease",)),
        ("村民收入增长5%", "=", ("increase", "leftover")),
        ("提高到5%", "=", ()),
        ("降至5%", "=", ()),
    ],
)
def test_a_change_is_a_percentage_whose_direction_is_noted(text: str, comparator: str, notes: tuple[str, ...]) -> None:
    target = parse_target(text)
    value = target.value_low if target.value_low is not None else target.value_high
    assert (target.target_kind, target.comparator, value, target.notes) == ("percent", comparator, Decimal(5), notes)


def test_a_change_may_be_a_count() -> None:
    target = parse_target("减少5个")
    assert (target.target_kind, target.value_low, target.unit, target.notes) == ("quantity", 5, "个", ("decrease",))


@pytest.mark.parametrize("text", ["零事故", "0事故", "零投诉", "实现零伤亡", "确保零上访", "达到零差错", "零安全事故"])
def test_a_zero_of_events_is_the_quantity_zero(text: str) -> None:
    target = parse_target(text)
    assert (target.target_kind, target.comparator, target.value_low, target.value_high) == ("quantity", "=", 0, 0)
    assert (target.comparator_stated, target.unit, target.notes) == (False, None, ())


@pytest.mark.parametrize("text", ["零增长", "零容忍", "零距离服务", "零星维修", "无事故", "零事故率", "从零开始"])
def test_other_zeros_are_words(text: str) -> None:
    assert parse_target(text).target_kind == "text"


def test_a_zero_with_a_measure_word_keeps_it() -> None:
    assert parse_target("0起").unit == "起"
    assert parse_target("安全事故≤0起").value_high == 0
