from datetime import date
from decimal import Decimal

import pytest

from tests.transforms.grids import document
from transforms.filings import transform
from transforms.targets.named import split_named_target, take_from_name
from transforms.targets.parse import parse_actual, parse_target


@pytest.mark.parametrize(
    ("name", "plain", "comparator", "value"),
    [
        ("行政村数量≥24个", "行政村数量", ">=", "24"),
        ("道路硬化达标率100%", "道路硬化达标率", "=", "100"),
        ("行政村数量（≥24个）", "行政村数量", ">=", "24"),
        ("培训人数不少于200人次", "培训人数", ">=", "200"),
    ],
)
def test_a_name_may_hold_its_target(name: str, plain: str, comparator: str, value: str) -> None:
    taken = take_from_name(name)
    assert taken is not None
    assert (taken[0], taken[1].comparator, taken[1].value_low) == (plain, comparator, Decimal(value))


@pytest.mark.parametrize(
    "name",
    [
        "行政村数量",
        "12345热线办结率",
        "80岁以上老人数量",
        "C30混凝土方量",
        "改善3个村的出行条件",
        "新建5G基站",
        "2023年任务完成率",
    ],
)
def test_other_names_hold_none(name: str) -> None:
    assert take_from_name(name) is None


def test_a_target_in_the_name_counts_only_beside_an_empty_value_column_and_is_said() -> None:
    head = ["项目编码|13020823P00000310006D|项目名称|环卫清洁|<|<", "预算规模及资金用途|预算数|14.93万元|||"]
    headings = "一级指标|二级指标|三级指标|绩效指标描述|指标值|指标值确定依据"
    rows = [
        "产出指标|数量指标|行政村数量≥24个|数量||计划标准",
        "产出指标|质量指标|合格率≥90%|质量|≥95%|计划标准",
        "产出指标|时效指标|完成时间：2023年10月底前|时效|/|计划标准",
    ]
    records = transform(document("1.环卫清洁绩效目标表", "2023年度", head, [headings, *rows]))
    targets = [indicator.target for indicator in records.indicators]
    assert [target.raw for target in targets] == ["≥24个", "≥95%", "2023年10月底前"]
    assert targets[2].due_date == date(2023, 10, 31)
    assert records.indicators[0].indicator_raw == "行政村数量≥24个"
    assert [f.indicator_no for f in records.findings if f.rule == "target_target_from_name"] == [1, 3]


def test_the_sign_of_a_template_in_the_name_counts_for_a_value_without_one() -> None:
    target = parse_target("85", name="苗木成活率（≥**%）")
    assert (target.comparator, target.value_low, target.value_high) == (">=", Decimal(85), None)
    assert target.comparator_stated and "sign_from_name" in target.notes
    assert parse_target("600", name="每亩成本（≤**元）").value_high == 600
    assert parse_target("=85%", name="苗木成活率（≥**%）").comparator == "="
    assert parse_target("80%-85%", name="苗木成活率（≥**%）").comparator == "between"
    assert parse_actual("85", name="苗木成活率（≥**%）").comparator == "="
    assert parse_target("85%", name="苗木成活率（≥90%）").comparator == "="


def test_a_ratio_is_not_cut_in_two() -> None:
    assert split_named_target("人员配比：1:5") == ("人员配比", "1:5")
    assert split_named_target("师生比1：5") == ("师生比1：5", "")
    assert split_named_target("清淤长度：5公里") == ("清淤长度", "5公里")
