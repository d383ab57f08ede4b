from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.dates.days import read_period
from transforms.targets.parse import parse_target
from transforms.words.folding import fold

_DAYS = st.dates(date(2000, 1, 1), date(2049, 12, 31))


@given(
    _DAYS,
    st.sampled_from(
        [
            "{0}年{1}月{2}日",
            "{0}年{1}月{2}日前完成",
            "{0}年{1:02}月{2:02}号",
            "{0}-{1:02}-{2:02}",
            "{0}/{1}/{2}",
            "{0}.{1}.{2}前",
            "{0}{1:02}{2:02}",
            "截至{0}年{1}月{2}日",
            "≤{0}-{1}-{2}",
            "{0} 年 {1} 月 {2} 日",
            "{0}年{1}月{2}日之前",
        ]
    ),
)
def test_every_way_to_write_a_day_gives_the_day(day: date, form: str) -> None:
    target = parse_target(form.format(day.year, day.month, day.day))
    assert (target.target_kind, target.comparator, target.due_date) == ("date", "<=", day)


@given(
    st.integers(2000, 2049),
    st.integers(1, 12),
    st.sampled_from(["{0}年{1}月", "{0}年{1}月底前", "{0}.{1:02}", "{0}-{1:02}"]),
)
def test_a_month_ends_with_its_last_day(year: int, month: int, form: str) -> None:
    assert parse_target(form.format(year, month)).due_date == date(year, month, monthrange(year, month)[1])


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("年底前", "2023-12-31"),
        ("12月底前", "2023-12-31"),
        ("每年12月底前", "2023-12-31"),
        ("6月30日前完成", "2023-06-30"),
        ("上半年", "2023-06-30"),
        ("下半年", "2023-12-31"),
        ("二季度末", "2023-06-30"),
        ("第三季度", "2023-09-30"),
        ("前三季度", "2023-09-30"),
        ("1-3季度", "2023-09-30"),
        ("前十一个月", "2023-11-30"),
        ("9月中旬前", "2023-09-20"),
        ("当年完成", "2023-12-31"),
        ("次年3月底", "2024-03-31"),
        ("12.31前", "2023-12-31"),
        ("3-5月", "2023-05-31"),
        ("2023.07-2024.01", "2024-01-31"),
        ("2023.7-12", "2023-12-31"),
        ("2023年1月1日至12月31日", "2023-12-31"),
        ("2023.1.1-12.31", "2023-12-31"),
        ("2021-2023年", "2023-12-31"),
        ("二〇二三年十二月三十一日", "2023-12-31"),
        ("23年底", "2023-12-31"),
        ("59年底", "2059-12-31"),
        ("60年底", "1960-12-31"),
        ("2023-12-31 00:00:00", "2023-12-31"),
        ("项目于2023年6月底前竣工", "2023-06-30"),
        ("不晚于2023年6月", "2023-06-30"),
        ("春节前发放到位", "2023-01-22"),
        ("国庆节前", "2023-10-01"),
        ("2022年冬至", "2022-12-22"),
        ("2023年大年三十", "2024-02-09"),
        ("2023年秋季", "2023-11-07"),
    ],
)
def test_a_deadline_is_the_last_day_that_is_named(text: str, due: str) -> None:
    target = parse_target(text, year=2023)
    assert (target.target_kind, target.due_date) == ("date", date.fromisoformat(due))


@pytest.mark.parametrize(
    "text", ["20年", "3个月", "30日内完成", "≥6月", "5年内", "每月10日前", "按季度", "全年", "2023-", "24小时"]
)
def test_durations_and_rhythms_are_no_dates(text: str) -> None:
    assert parse_target(text, year=2023).target_kind != "date"


def test_without_a_year_a_date_has_no_day() -> None:
    target = parse_target("6月底前")
    assert (target.target_kind, target.due_date, target.notes) == ("date", None, ("year_unknown",))


def test_a_day_that_does_not_exist_is_not_moved() -> None:
    target = parse_target("2023年6月31日")
    assert (target.target_kind, target.due_date, target.notes) == ("date", None, ("invalid_date",))


def test_a_range_keeps_its_start() -> None:
    assert parse_target("2023年3月至2024年2月").notes == ("starts:2023-03-01",)


def test_a_stated_deadline_is_told_from_a_bare_day() -> None:
    assert parse_target("2023年12月31日前").comparator_stated is True
    assert parse_target("2023年12月31日").comparator_stated is False
    assert parse_target("≥2023年12月31日").notes == ("date_comparator_ignored",)


def test_a_bare_year_is_a_date_only_where_a_time_is_asked_for() -> None:
    assert parse_target("2023", name="工程完成时间").due_date == date(2023, 12, 31)
    assert parse_target("2023", name="植树数量").target_kind == "quantity"
    assert parse_target("2023.10", name="完成时限").due_date == date(2023, 10, 31)
    assert parse_target("2023.10", name="补助金额").target_kind == "quantity"


def test_a_period_knows_where_it_ends() -> None:
    text = fold("２０２３年３月起执行")
    period = read_period(text, 0, None)
    assert period is not None
    assert text[period.end :] == "起执行"
