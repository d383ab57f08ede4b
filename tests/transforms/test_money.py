from decimal import Decimal

import pytest

from transforms.money import find_money_unit, parse_amount


@pytest.mark.parametrize(
    ("text", "units", "yuan"),
    [
        ("14.93", ["万元"], "149300.00"),
        ("205,600.00", ["元"], "205600.00"),
        ("1，200 元", ["万元"], "1200.00"),
        ("854万(高标准农田建设400万元)", ["元"], "8540000.00"),
        ("10606.7522万元", [], "106067522.00"),
        ("0.00", [None, "万元"], "0.00"),
        ("0.1", ["万元", "元"], "1000.00"),
    ],
)
def test_the_nearest_stated_unit_decides(text: str, units: list[str | None], yuan: str) -> None:
    assert parse_amount(text, units).yuan == Decimal(yuan)


def test_a_number_without_any_unit_is_no_amount() -> None:
    amount = parse_amount("2299153.50", [])
    assert amount.yuan is None
    assert amount.problem == "no_unit"


@pytest.mark.parametrize("text", ["", " ", "-", "/", "——"])
def test_blanks_are_no_problem(text: str) -> None:
    assert parse_amount(text, ["万元"]) == parse_amount(text, [])
    assert parse_amount(text, ["万元"]).problem is None


def test_text_is_reported() -> None:
    assert parse_amount("见附件", ["万元"]).problem == "not_an_amount"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", "万元"),
        ("金额单位:元", "元"),
        ("项目资金\n（万元）", "万元"),
        ("万元", "万元"),
        ("单位：个", None),
    ],
)
def test_units_are_found_in_notes_and_labels(text: str, unit: str | None) -> None:
    assert find_money_unit(text) == unit
