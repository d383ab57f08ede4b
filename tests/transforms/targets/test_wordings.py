from datetime import date
from decimal import Decimal

import pytest

from transforms.targets.columns import compose_target
from transforms.targets.parse import parse_target


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("共计三十天", "30", "天"),
        ("全年二十四次", "24", "次"),
        ("年度 两百 个", "200", "个"),
        ("累计不少于一百二十人次", "120", "人次"),
    ],
)
def test_chinese_numerals_after_words_that_say_nothing(text: str, value: str, unit: str) -> None:
    target = parse_target(text)
    assert (target.target_kind, target.value_low, target.unit) == ("quantity", Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("≥100Mbps", "Mbps"),
        ("≥50Hz", "赫兹"),
        ("≥0.5MPa", "兆帕"),
        ("≥200W", "瓦"),
        ("≥380V", "伏"),
        ("≥1000lx", "勒克斯"),
        ("≤55dB（A）", "分贝"),
        ("≥500m³/d", "立方米/天"),
        ("2m³/s", "立方米/秒"),
        ("3轮次", "轮次"),
        ("15个点位", "个"),
        ("≥7xyz", "xyz"),
    ],
)
def test_units_of_letters_are_read_whole(text: str, unit: str) -> None:
    target = parse_target(text)
    assert (target.target_kind, target.unit) == ("quantity", unit)


@pytest.mark.parametrize("text", ["1.5万元/台（套）", "1.5万元/台(套)", "1.5万元/台套"])
def test_a_unit_in_brackets_behind_what_money_is_per(text: str) -> None:
    assert parse_target(text).unit == "元/台套"


@pytest.mark.parametrize(
    ("text", "low", "high", "note"),
    [
        ("[80%,90%]", "80", "90", None),
        ("【80%，90%】", "80", "90", None),
        ("(90%,95%]", "90", "95", "strict_low"),
        ("[3，5]次", "3", "5", None),
        ("介于80%和90%之间", "80", "90", None),
        ("80%与90%之间", "80", "90", None),
        ("95%±2%", "93", "97", None),
        ("20±2℃", "18", "22", None),
        ("100±5万元", "950000", "1050000", None),
    ],
)
def test_ranges_in_mathematical_writing(text: str, low: str, high: str, note: str | None) -> None:
    target = parse_target(text)
    assert (target.comparator, target.value_low, target.value_high) == ("between", Decimal(low), Decimal(high))
    assert note is None or note in target.notes


@pytest.mark.parametrize("text", ["第3、5个", "3,5次", "12%、15%", "(3,5)"])
def test_numbers_side_by_side_are_no_range(text: str) -> None:
    assert parse_target(text).comparator != "between"


@pytest.mark.parametrize(
    ("text", "comparator", "bound"),
    [
        ("不超过总投资的3%", "<=", "3"),
        ("≤预算的100%", "<=", "100"),
        ("≤项目总投资5%", "<=", "5"),
        ("不低于上年的95%", ">=", "95"),
    ],
)
def test_a_share_of_something_keeps_its_comparison(text: str, comparator: str, bound: str) -> None:
    target = parse_target(text)
    value = target.value_low if comparator == ">=" else target.value_high
    assert (target.target_kind, target.comparator, value) == ("percent", comparator, Decimal(bound))
    assert "leftover" in target.notes


@pytest.mark.parametrize(
    ("text", "comparator", "value", "unit"),
    [
        ("资金到位后1个月内", "<=", "1", "个月"),
        ("1个季度", "=", "1", "季度"),
        ("一个季度内", "<=", "1", "季度"),
        ("4个季度", "=", "4", "季度"),
    ],
)
def test_a_duration_is_no_day_of_the_year(text: str, comparator: str, value: str, unit: str) -> None:
    target = parse_target(text, year=2024)
    bound = target.value_high
    assert (target.target_kind, target.comparator, bound, target.unit) == ("quantity", comparator, Decimal(value), unit)


@pytest.mark.parametrize("text", ["≥上年", "≤去年", "每月25日", "每月5日", "每个月15号", "每周二", "每星期五"])
def test_no_deadline_without_one_day(text: str) -> None:
    assert parse_target(text, year=2024).target_kind == "text"


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2024.12月", "2024-12-31"),
        ("2024.12月底", "2024-12-31"),
        ("2024/10月底前", "2024-10-31"),
        ("2024-9月底前", "2024-09-30"),
        ("2024.12.31日", "2024-12-31"),
        ("24.12.31", "2024-12-31"),
        ("拟于2024年10月完工", "2024-10-31"),
        ("年度末", "2024-12-31"),
        ("2024年12月31日18时前", "2024-12-31"),
        ("2024年11月20日已完成", "2024-11-20"),
        ("已于2024年11月20日完成", "2024-11-20"),
        ("已于2024年11月完成", "2024-11-30"),
        ("于2024年11月20日全部完成", "2024-11-20"),
    ],
)
def test_more_writings_of_days(text: str, due: str) -> None:
    target = parse_target(text, year=2024)
    assert (target.target_kind, target.due_date) == ("date", date.fromisoformat(due))


@pytest.mark.parametrize(
    ("text", "comparator", "value"),
    [("由90%提升到95%", "=", "95"), ("从90%提高至95%以上", ">=", "95"), ("由10起降至5起以下", "<=", "5")],
)
def test_of_a_rise_or_fall_the_end_is_the_target(text: str, comparator: str, value: str) -> None:
    target = parse_target(text)
    bound = target.value_low if comparator == ">=" else target.value_high
    assert (target.comparator, bound) == (comparator, Decimal(value))


@pytest.mark.parametrize("text", ["安全事故为零", "重大安全事故为0", "群众投诉：0", "安全责任事故0"])
def test_events_that_are_none(text: str) -> None:
    target = parse_target(text)
    assert (target.target_kind, target.comparator, target.value_low) == ("quantity", "=", Decimal(0))


def test_weekly_numbers_are_still_read() -> None:
    assert parse_target("每周一次").unit == "次/周"
    assert parse_target("每周五天").unit == "天/周"


def test_months_of_a_unit_column_are_a_duration_unless_the_name_asks_for_a_day() -> None:
    months = compose_target(None, "12", "月", year=2024, name="补贴发放月数")
    assert (months.target_kind, months.value_low, months.unit, months.raw) == ("quantity", Decimal(12), "个月", "12月")
    day = compose_target(None, "10", "月", year=2024, name="项目完成时间")
    assert (day.target_kind, day.due_date) == ("date", date(2024, 10, 31))


def test_a_sign_column_of_numbers_is_no_part_of_the_value() -> None:
    target = compose_target("1", "95", "%")
    assert (target.target_kind, target.value_low) == ("percent", Decimal(95))


@pytest.mark.parametrize(
    ("enough", "too_much"),
    [
        ("城乡居民基本养老保险人数20人", "城乡居民基本养老保险的人数20人"),
        ("巡查12次由各村自行安排好", "巡查12次由各村自行来安排好"),
        ("发现问题处理时间3天", "发现问题的处理时间3天"),
    ],
)
def test_a_number_without_a_sign_is_taken_out_of_so_many_words_and_no_more(enough: str, too_much: str) -> None:
    assert parse_target(enough).target_kind == "quantity"
    assert parse_target(too_much).target_kind == "text"
