from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.targets.columns import compose_target
from transforms.targets.parse import parse_target


@given(
    st.sampled_from(["≥", "≤", "=", "＝", ">", "<", "", ">=", "》"]),
    st.one_of(
        st.integers(0, 10**6).map(str),
        st.decimals(0, 100, places=2, allow_nan=False).map(str),
        st.just("1,200"),
        st.just("80-90"),
    ),
    st.sampled_from(["%", "个", "元", "万元", "人/年", "万人次", "元/人·年", "天", ""]),
)
def test_three_columns_mean_the_same_as_one_cell(sign: str, value: str, unit: str) -> None:
    assert compose_target(sign, value, unit) == parse_target(sign + value + unit)


@pytest.mark.parametrize(
    ("sign", "value", "unit", "raw"),
    [
        ("≥", "95", "%", "≥95%"),
        ("定量", "95", "%", "95%"),
        ("正向指标", "95", "%", "95%"),
        ("≥", "≥95%", "%", "≥95%"),
        ("≥", "95%", "%", "≥95%"),
        (None, "≥95", "%", "≥95%"),
        ("≥", " 95 ", "／", "≥ 95 "),
    ],
)
def test_raw_is_what_was_filed(sign: str | None, value: str, unit: str, raw: str) -> None:
    target = compose_target(sign, value, unit, name="群众满意度")
    assert target.raw == raw
    assert (target.target_kind, target.value_low) == ("percent", Decimal(95))


@pytest.mark.parametrize("unit", ["", "/", "无", None])
def test_words_grades_and_days_stand_alone(unit: str | None) -> None:
    assert compose_target("定性", "有所增强", unit) == parse_target("有所增强")
    assert compose_target("定性", "优", unit) == parse_target("优")
    assert compose_target("定性", "2022-11-30", unit) == parse_target("2022-11-30")
    assert compose_target("≥", "良", unit).comparator == ">="


def test_a_unit_that_does_not_fit_the_value_is_no_part_of_its_meaning() -> None:
    assert compose_target("=", "优良", "%").grade == "优良"
    assert compose_target("≥", "5", "奇怪得很的单位").unit == "奇怪得很的单位"


def test_a_month_column_is_a_duration() -> None:
    target = compose_target("≥", "12", "月")
    assert (target.target_kind, target.unit) == ("quantity", "个月")


def test_an_unfilled_value_has_no_kind() -> None:
    assert compose_target("≥", "", "%").target_kind is None
    assert replace(compose_target("/", "/", "/"), raw="/") == parse_target("/")


def test_a_cost_row_gives_its_unit_to_a_bare_ten_thousand() -> None:
    target = compose_target("≤", "30万", "/", name="人员", level2_group="成本")
    assert (target.target_kind, target.value_high, target.unit) == ("money", Decimal(300000), "元")
    assert compose_target("≤", "30万", "人", level2_group="成本").unit == "万人"


@pytest.mark.parametrize("sign", ["=", "＝", "等于", " ＝ "])
@pytest.mark.parametrize("value", ["及时", "优", "达到国家标准", "长500米，宽4米", "/"])
def test_an_equals_sign_says_nothing_before_words(sign: str, value: str) -> None:
    assert compose_target(sign, value, "/") == parse_target(value)


@pytest.mark.parametrize(("value", "unit", "raw"), [("95", "%", "＝95%"), ("2023年12月底", "", "＝2023年12月底")])
def test_an_equals_sign_stays_before_numbers_and_days(value: str, unit: str, raw: str) -> None:
    assert compose_target("＝", value, unit, year=2023).raw == raw


def test_a_sign_that_compares_stays_before_a_grade() -> None:
    assert compose_target("≥", "良", None).raw == "≥良"
