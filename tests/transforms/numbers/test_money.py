from decimal import Decimal

import pytest

from transforms.numbers.money import find_money_unit, is_amount, is_whole_amount, parse_amount


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


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("50（元）", "50.00"),
        ("14万9300元", "149300.00"),
        ("五十万元", "500000.00"),
        ("叁拾万元整", "300000.00"),
        ("总额：50万元", "500000.00"),
        ("￥50.00", "500000.00"),
        ("50万元/年", "500000.00"),
        ("-5", "-50000.00"),
        ("1.5亿", "150000000.00"),
        ("12.5；其中财政10", "125000.00"),
        ("30余万元", "300000.00"),
    ],
)
def test_the_unit_of_the_cell_beats_the_notes(text: str, yuan: str) -> None:
    assert parse_amount(text, ["万元"]).yuan == Decimal(yuan)


@pytest.mark.parametrize("text", ["24个", "100%", "2024年", "50万美元", "500元/村", "1.2.3", "一般公共预算", "3项"])
def test_a_number_of_something_else_is_no_amount(text: str) -> None:
    assert parse_amount(text, ["万元"]).problem == "not_an_amount"
    assert not is_amount(text)
    assert not is_whole_amount(text)


def test_a_currency_sign_alone_means_yuan() -> None:
    assert parse_amount("￥5,000.00", []).yuan == Decimal("5000.00")


def test_the_unit_that_was_applied_is_named_as_filed() -> None:
    filed = {text: parse_amount(text, ["万元"]).unit for text in ("14.93", "50元整", "854万", "五十万元", "50（千元）")}
    assert filed == {"14.93": "万元", "50元整": "元整", "854万": "万", "五十万元": "元", "50（千元）": "千元"}


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("中央衔接资金30万元", 300000),
        ("县级配套资金：12.5万元（已到位）", 125000),
        ("不含其他资金30万元", None),
        ("上级补助20万元，本级10万元", None),
    ],
)
def test_a_fund_s_name_may_stand_before_its_sum(text: str, yuan: int | None) -> None:
    assert parse_amount(text, []).yuan == yuan
