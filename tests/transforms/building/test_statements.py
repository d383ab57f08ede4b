"""What a form states beside the fields of its records is kept, with its place."""

from datetime import date
from decimal import Decimal

import pytest

from tests.transforms.grids import document
from transforms.filings import transform
from transforms.records import FilingRecords, Statement

ROWS = ["一级指标|二级指标|三级指标|指标值", "产出指标|数量指标|清淤长度|≥5公里", "效益指标|社会效益指标|农户受益|明显"]


def _read(
    *blocks: str | list[str], title: str = "石桥镇2024年项目绩效目标表", file: str = "石桥镇2024.docx"
) -> FilingRecords:
    return transform(document(title, *blocks, file_name=file))


def _said(records: FilingRecords, fact: str) -> list[Statement]:
    return [one for one in records.statements if one.fact == fact]


def test_the_sums_of_each_source_are_kept_in_yuan_with_their_places() -> None:
    head = ["项目名称|渠道清淤|<|<", "资金（万元）|年度预算总额|30|<", "^|其中：中央资金|20|<", "^|县级资金|10|<"]
    records = _read(head, ROWS)
    sources = _said(records, "source")
    assert [(one.label, one.yuan, one.place.row_no) for one in sources] == [
        ("其中：中央资金", Decimal(200000), 3),
        ("县级资金", Decimal(100000), 4),
    ]
    assert records.projects[0].budget_yuan == 300000 and records.unread_cells == ()


def test_what_was_spent_of_each_source_and_its_rate_are_kept() -> None:
    head = [
        "项目名称|渠道清淤|<|<|<",
        "资金（万元）|来源|全年预算数|全年执行数|执行率",
        "^|年度资金总额|30|27|90%",
        "^|中央资金|20|18|90%",
        "^|县级资金|10|9|95%",
    ]
    rows = ["一级指标|二级指标|三级指标|指标值|实际完成值", "产出指标|数量指标|清淤长度|≥5公里|5公里"]
    records = _read([*head, *rows], title="石桥镇2024年项目支出绩效自评表")
    spent = {one.label: one.yuan for one in _said(records, "source_executed")}
    rates = {one.label: one.said.value_low for one in _said(records, "source_rate")}
    assert spent == {"中央资金": 180000, "县级资金": 90000} and rates == {"中央资金": 90, "县级资金": 95}


@pytest.mark.parametrize("label", ["预算调整数", "调整金额", "预算调增数"])
def test_a_change_of_the_budget_is_no_adjusted_budget(label: str) -> None:
    head = [
        "项目名称|渠道清淤|<|<|<",
        f"预算执行情况（万元）|年初预算数|{label}|全年预算数(A)|全年执行数(B)",
        "^|30|5|35|35",
    ]
    rows = ["一级指标|二级指标|三级指标|指标值|实际完成值", "产出指标|数量指标|清淤长度|≥5公里|5公里"]
    records = _read([*head, *rows], title="石桥镇2024年项目支出绩效自评表")
    project = records.projects[0]
    assert (project.budget_yuan, project.adjusted_yuan) == (300000, 350000)
    assert [one.yuan for one in _said(records, "change")] == [50000] and records.unread_cells == ()


def test_an_adjusted_budget_stays_one() -> None:
    records = _read(["项目名称|渠道清淤", "年初预算数（万元）|30", "调整预算数（万元）|35"], ROWS)
    assert (records.projects[0].budget_yuan, records.projects[0].adjusted_yuan) == (300000, 350000)
    assert _said(records, "change") == []


@pytest.mark.parametrize(
    ("rows", "days"),
    [
        (["实施期限|2024年3月—2024年11月"], (date(2024, 3, 1), date(2024, 11, 30))),
        (["项目起止时间|2024.03-2025.02"], (date(2024, 3, 1), date(2025, 2, 28))),
        (["实施期限|2024年9月至2024年3月"], (date(2024, 9, 1), date(2024, 3, 31))),
        (["项目结束日期|2024-11-30"], (None, date(2024, 11, 30))),
        (["计划开始日期|2024-01-01"], (date(2024, 1, 1), None)),
        (["实施期限|一年"], (None, None)),
        (["填报日期|2024年1月5日"], None),
    ],
)
def test_a_period_has_its_days(rows: list[str], days: tuple[date | None, date | None] | None) -> None:
    found = _said(_read(["项目名称|渠道清淤", "年度预算（万元）|30", *rows], ROWS), "period")
    assert [(one.date_from, one.date_to) for one in found] == ([days] if days is not None else [])


def test_other_times_values_of_an_indicator_are_kept_with_its_unit() -> None:
    rows = ["一级指标|二级指标|三级指标|上年实际水平|本年计划水平|计量单位", "产出指标|数量指标|清淤长度|4|≥5|公里"]
    records = _read(["项目名称|渠道清淤|<|<|<|<", "年度预算（万元）|30|<|<|<|<"], rows)
    found = _said(records, "last_year")
    assert [(one.indicator_no, one.said.value_low, one.said.unit) for one in found] == [(1, 4, "公里")]


def test_a_monitoring_form_says_what_is_so_far_and_what_is_expected() -> None:
    head = [
        "项目名称|渠道清淤|<|<|<|<|<|<",
        "预算执行情况（万元）|年初预算数|1—7月执行数|1—7月执行率|全年预计执行数|<|<|<",
        "^|30|15|50%|30|<|<|<",
    ]
    rows = [
        "一级指标|二级指标|三级指标|年度指标值|1—7月完成情况|全年预计完成情况|确定能|不可能",
        "产出指标|数量指标|清淤长度|≥5公里|2公里|4公里|√|",
    ]
    records = _read([*head, *rows], title="石桥镇2024年绩效运行监控表")
    sums = {one.fact: one.yuan for one in records.statements if one.fact.endswith("_executed")}
    assert sums == {"so_far_executed": 150000, "expected_executed": 300000}
    values = {one.fact: one.said.value_low for one in records.statements if one.indicator_no == 1}
    assert values == {"so_far": 2, "expected": 4, "chance": None}


@pytest.mark.parametrize("row", ["自评等级|优|<|<|<", "评价等级|优秀|<|<|<", "总分|<|100|72|优", "评价结论|良|<|<|<"])
def test_the_grade_of_an_evaluation_is_kept(row: str) -> None:
    rows = ["二级指标|三级指标|指标值|实际完成值|得分", "数量指标|清淤长度|≥5公里|5公里|50", row]
    records = _read(["项目名称|渠道清淤"], rows, title="石桥镇2024年项目支出绩效自评表")
    assert len(_said(records, "grade")) == 1 and len(records.indicators) == 1


def test_a_level_says_how_many_points_it_has() -> None:
    rows = [
        "一级指标|二级指标|三级指标|指标值|分值",
        "产出指标（50分）|数量指标|清淤长度|≥5公里|30",
        "^|质量指标|合格率|≥90%|20",
    ]
    found = _said(_read(["项目名称|渠道清淤|<|<|<"], rows), "level1_points")
    assert [(one.label, one.said.value_low) for one in found] == [("产出指标", 50)]


def test_a_plan_in_sums_is_no_plan_in_shares() -> None:
    head = ["项目名称|渠道清淤|<|<|<", "预算数（万元）|48.00|<|<|<", "分季用款计划|一季度|二季度|三季度|四季度"]
    rows = ["一级指标|二级指标|三级指标|指标值|备注", "产出指标|数量指标|清淤长度|≥5公里|全镇"]
    records = _read([*head, "金额|10.00|10.00|10.00|10.00", *rows])
    assert records.spending_plan == () and records.unread_cells == ()
    assert [one.yuan for one in _said(records, "planned_sum")] == [100000] * 4
