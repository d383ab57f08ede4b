"""Indicator names: what meets, what stays apart, and how it is said."""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from tests.benchmarks.measure_names import measure, read_labelled
from tests.transforms.names.decisions import accept, reject, rename
from transforms.names.indicators import name_indicator
from transforms.names.terms import Terms
from transforms.names.wording import read_name_form, typos

NAMES = Path(__file__).parent / "labelled.csv"


def test_every_pair_that_is_joined_belongs_together() -> None:
    rows = read_labelled("tuned")
    assert len(rows) >= 300
    found = measure(rows)
    assert found.joined_wrongly == ()
    assert found.recall >= 0.95
    assert found.accuracy >= 0.95


def test_names_that_the_list_was_not_made_for() -> None:
    found = measure(read_labelled("held_out"))
    assert found.precision == 1.0
    assert found.recall >= 0.75


def test_the_labelled_set_says_each_name_once() -> None:
    with NAMES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    repeated = [
        key for key, count in Counter((row["set"], row["level2"], row["raw"]) for row in rows).items() if count > 1
    ]
    assert repeated == []


def test_what_a_village_gets_meets_in_one_row_however_it_is_called() -> None:
    names = {
        name_indicator("产出指标", "成本指标", raw, "money").indicator
        for raw in ("每村分配金额", "村均运转经费", "每村每年分配金额")
    }
    assert len(names) == 1


@pytest.mark.parametrize("family", ["money", "money/次"])
def test_buying_office_supplies_is_a_count_or_a_cost(family: str) -> None:
    count = name_indicator("产出指标", "数量指标", "购买办公用品", "count:次")
    cost = name_indicator("产出指标", "成本指标", "购买办公用品", family)
    assert (count.level2_group, cost.level2_group) == ("数量", "成本")
    assert count.indicator != cost.indicator
    misplaced = name_indicator("产出指标", "成本指标", "购买办公用品", "count:次")
    assert misplaced.indicator == count.indicator


@pytest.mark.parametrize(
    ("level2", "one", "other"),
    [
        ("质量指标", "验收合格率", "培训合格率"),
        ("质量指标", "验收合格率", "验收不合格率"),
        ("质量指标", "产品合格率", "产品优良率"),
        ("时效指标", "开工时间", "竣工时间"),
        ("数量指标", "培训人数", "培训人次"),
        ("数量指标", "60岁以上老人补助人数", "80岁以上老人补助人数"),
        ("数量指标", "道路硬化长度", "道路绿化长度"),
        ("数量指标", "道路硬化长度", "道路硬化面积"),
        ("成本指标", "成本节约率", "成本超支率"),
        ("成本指标", "人均补助标准", "户均补助标准"),
        ("成本指标", "人均补助标准", "每人每年补贴标准"),
        ("服务对象满意度指标", "群众满意度", "群众不满意度"),
        ("服务对象满意度指标", "群众满意度", "职工满意度"),
        ("社会效益指标", "信访上升率", "信访下降率"),
        ("时效指标", "工作完成时间", "项目完成时间"),
    ],
)
def test_different_things_stay_apart(level2: str, one: str, other: str) -> None:
    assert name_indicator(None, level2, one).indicator != name_indicator(None, level2, other).indicator


@pytest.mark.parametrize(
    ("raw", "level2", "method", "confidence"),
    [
        ("工作完成时间", "时效指标", "alias", "1"),
        ("★工作完成时限", "时效指标", "rule", "0.95"),
        ("持续发展率", "生态效益指标", "rule", "0.85"),
        ("交通事故处理群众满意度（%）持续发展率", "可持续影响指标", "fuzzy", "0.6"),
        ("某某事项办理数量", "数量指标", "unmapped", "0.5"),
    ],
)
def test_every_mapping_says_how_it_was_made(raw: str, level2: str, method: str, confidence: str) -> None:
    name = name_indicator(None, level2, raw)
    assert (name.method, name.confidence) == (method, Decimal(confidence))


def test_an_unlisted_name_is_called_by_its_settled_form() -> None:
    assert name_indicator(None, "数量指标", "指标3：古树名木挂牌个数（个）").indicator == "古树名木挂牌数量"


def test_who_is_satisfied_is_kept() -> None:
    name = name_indicator("满意度指标", "服务对象满意度指标", "辖区内群众满意度（%）")
    assert (name.indicator, name.subject) == ("服务对象满意度", "群众")
    assert name_indicator(None, "满意度指标", "满意度").subject is None


def test_the_countys_terms_come_first() -> None:
    terms = rename(Terms(), "某某事项办理数量", "办理事项数量", "数量")
    terms = reject(accept(terms, "项目按时完工率", "任务按时完成率"), "村均运转经费", "每村分配金额", "成本")
    assert name_indicator(None, "数量指标", "某某事项办理数量", terms=terms).indicator == "办理事项数量"
    assert name_indicator(None, "质量指标", "某某事项办理数量", terms=terms).method == "unmapped"
    assert name_indicator(None, "时效指标", "项目按时完工率", terms=terms).indicator == "任务按时完成率"
    kept = name_indicator(None, "成本指标", "村均运转经费", "money", terms=terms)
    assert (kept.indicator, kept.method, kept.confidence) == ("村均运转经费", "county_term", Decimal(1))


def test_naming_a_canonical_name_gives_the_same_name() -> None:
    for row in read_labelled():
        first = name_indicator(None, row["level2"], row["raw"], row["unit_family"])
        again = name_indicator(None, row["level2"], first.indicator, row["unit_family"])
        assert again.indicator == first.indicator, row["raw"]


@pytest.mark.parametrize(
    ("raw", "group", "key", "unit"),
    [
        ("验收合格率（≥**%）", "质量", "验收合格率", "%"),
        ("达标率100%", "质量", "达标率", "%"),
        ("村组干部230人", "数量", "村组干部人数", "人"),
        ("结余率(计算方法为:结余数/预算数)", "成本", "结余率", None),
        ("采购次数/采购次数", "数量", "采购次数", None),
        ("其中：村（社区）数量", "数量", "村社区数量", None),
        ("2023年培训人次", "数量", "培训人次", None),
        ("60岁以上老人", "数量", "60岁以上老人", None),
        ("指标1：", "数量", "指标1", None),
    ],
)
def test_forms(raw: str, group: str, key: str, unit: str | None) -> None:
    form = read_name_form(raw, group)
    assert (form.key, form.unit) == (key, unit)


def test_slips_of_the_pen_are_read_and_reported() -> None:
    form = read_name_form("社会影响了", "社会效益")
    assert (form.key, form.typo) == ("社会影响力", "社会影响了")
    assert all(wrong != right for wrong, right in typos())


def test_a_decision_about_a_name_holds_for_every_wording_of_it() -> None:
    terms = accept(Terms(), "发放报酬人数", "保障村干部人数", "数量")
    for raw in ("发放报酬人数", "报酬发放人数", "指标1：发放报酬人数（人）"):
        assert name_indicator(None, "数量指标", raw, "count:人", terms=terms).indicator == "保障村干部人数"
