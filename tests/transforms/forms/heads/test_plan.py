"""Spending plans in sentences and in tables of their own."""

from decimal import Decimal

import pytest

from tests.transforms.grids import document
from transforms.filings import transform
from transforms.forms.heads.plan import read_plan_text

INDICATORS = ["一级指标|二级指标|三级指标|指标值", "产出指标|数量指标|修路里程|≥5公里", "^|质量指标|合格率|≥95%"]
HEAD = ["项目名称|道路维修|<|<", "预算数（万元）|30|其中：财政资金|30"]
RISING = [(3, 10), (6, 40), (9, 70), (12, 100)]


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("3月底前支出10%，6月底前累计支出40%，9月底前累计支出70%，12月底前累计支出100%。", RISING),
        ("截至３月末支付１０％；截至６月末支付４０％；截至９月末支付７０％；截至12月末支付100%", RISING),
        ("第一季度支出10%，第二季度支出40%，第三季度70%，第四季度100%", RISING),
        ("一季度10%，二季度30%，三季度30%，四季度30%", RISING),
        ("上半年支付50%，下半年支付100%", [(6, 50), (12, 100)]),
        ("1-3月支出10%，4-6月支出20%", []),
        ("一季度10万元，二季度20万元", []),
        ("12月底前支出100%", []),
        ("3月底前完成30%，6月底前完成60%，剩余40%年底支付", []),
        ("6月底前40%，3月底前20%", []),
    ],
)
def test_a_plan_in_a_sentence_is_read_whole_or_not_at_all(text: str, points: list[tuple[int, int]]) -> None:
    assert [(month, share) for month, share, _ in read_plan_text(text)] == points


def test_a_plan_beside_its_label_and_one_above_the_table() -> None:
    sentence = "3月底前支出10%，12月底前累计支出100%"
    beside = transform(document("2024年道路维修", [*HEAD, f"用款计划|{sentence}|<|<", *INDICATORS]))
    above = transform(document("2024年", "项目名称：道路维修", f"用款计划：{sentence}", INDICATORS))
    for records in (beside, above):
        assert [(p.month, p.cumulative_pct) for p in records.spending_plan] == [(3, Decimal(10)), (12, Decimal(100))]
        assert records.unread_cells == ()


@pytest.mark.parametrize("below", [False, True])
def test_a_plan_in_a_table_of_its_own(below: bool) -> None:
    plan = ["支出计划（累计）|3月底|6月底|9月底|12月底", "比例|10%|40%|70%|100%"]
    tables = [HEAD, INDICATORS, plan] if below else [HEAD, plan, INDICATORS]
    records = transform(document("2024年度道路维修项目绩效目标表", *tables))
    assert [(p.month, p.cumulative_pct) for p in records.spending_plan] == RISING
    assert records.unread_cells == () and len(records.projects) == 1


def test_a_plan_that_is_not_understood_is_unread() -> None:
    records = transform(document("2024年", [*HEAD, "用款计划|一季度10万元，二季度20万元|<|<", *INDICATORS]))
    assert [cell.text for cell in records.unread_cells] == ["一季度10万元，二季度20万元"]
