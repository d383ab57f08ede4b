from decimal import Decimal

import pytest

from transforms.targets.parse import parse_target


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("≥90%且≤95%", ()),
        ("≥90%≤95%", ()),
        ("≤95%，≥90%", ()),
        ("不低于90%不高于95%", ()),
        ("不低于90%，但不超过95%", ()),
        ("90%以上95%以下", ()),
        ("90%≤X≤95%", ()),
        ("90≤满意度≤95%", ()),
        ("95%≥X≥90%", ()),
        ("大于90%小于95%", ("strict_low", "strict_high")),
        ("大于90%至小于95%", ("strict_low", "strict_high")),
        ("＞90％且＜95％", ("strict_low", "strict_high")),
        ("90%＜X≤95%", ("strict_low",)),
        ("90%<群众满意度≤95%", ("strict_low",)),
        ("95%>X≥90%", ("strict_high",)),
        ("高于90%，小于等于95%", ("strict_low",)),
        ("90%（含）-95%（不含）", ("strict_high",)),
        ("大于90%，不高于95%", ("strict_low",)),
    ],
)
def test_two_comparisons_are_one_range_whose_excluded_bounds_are_noted(text: str, notes: tuple[str, ...]) -> None:
    target = parse_target(text)
    assert (target.target_kind, target.comparator, target.comparator_stated) == ("percent", "between", True)
    assert (target.value_low, target.value_high, target.unit) == (Decimal(90), Decimal(95), "%")
    assert target.notes == notes


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("5≤X≤10", 5, 10, None),
        ("5个≤x＜10个", 5, 10, "个"),
        ("5万元以上10万元以下", 50000, 100000, "元"),
        ("大于5小于10天", 5, 10, "天"),
        ("≥5次/年，≤10次/年", 5, 10, "次/年"),
    ],
)
def test_both_sides_have_one_unit(text: str, low: int, high: int, unit: str | None) -> None:
    target = parse_target(text)
    assert (target.comparator, target.value_low, target.value_high, target.unit) == ("between", low, high, unit)
