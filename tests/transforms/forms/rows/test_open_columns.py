"""Columns whose words leave open what they are."""

import pytest

from tests.transforms.grids import document
from transforms.filings import transform
from transforms.records import FilingRecords, Indicator

HEAD = ["项目名称|渠道清淤|<|<", "预算数（万元）|30|其中：财政拨款|30"]


def _read(*rows: str, head: list[str] | None = None, title: str = "石桥镇2024年项目绩效目标表") -> FilingRecords:
    blocks: list[str | list[str]] = [title, *([head] if head else []), list(rows)]
    return transform(document(*blocks, file_name="石桥镇2024.docx"))


def _facts(indicator: Indicator) -> tuple[object, ...]:
    target = indicator.target
    return indicator.indicator_raw, target.comparator, target.value_low or target.value_high, target.unit


def test_an_explanation_is_no_name_where_another_column_can_be_it() -> None:
    records = _read(
        "指标分类|评估要点|占分|年度指标值|指标说明",
        "产出指标|清淤长度|50|≥5公里|按施工图",
        "效益指标|灌溉面积|40|≥300亩|按台账",
        head=HEAD,
    )
    assert [i.indicator_raw for i in records.indicators] == ["清淤长度", "灌溉面积"]
    assert [i.description for i in records.indicators] == ["按施工图", "按台账"]


def test_one_column_may_hold_the_path_of_both_levels() -> None:
    records = _read(
        "指标分类|评价指标|赋分|年度指标值",
        "产出指标—数量指标|清淤长度|50|≥5公里",
        "效益指标/社会效益指标|灌溉面积|40|≥300亩",
        head=HEAD,
    )
    assert [(i.level1, i.level2, i.weight) for i in records.indicators] == [
        ("产出指标", "数量指标", 50),
        ("效益指标", "社会效益指标", 40),
    ]
    assert records.doubts == () and records.unread_cells == ()


def test_quantity_or_quality_is_no_sign_beside_the_signs() -> None:
    records = _read(
        "一级指标|二级指标|三级指标|指标属性|计算符号|目标值|计量单位",
        "产出指标|数量指标|清淤长度|定量|≥|5|公里",
        "产出指标|时效指标|完工时间|定性||2024年6月底前|",
        "效益指标|社会效益指标|出行改善|定性||明显|",
        head=HEAD,
    )
    assert _facts(records.indicators[0]) == ("清淤长度", ">=", 5, "公里") and records.doubts == ()


def test_sign_number_and_unit_below_one_heading() -> None:
    records = _read(
        "序号|目标值|<|<|三级指标|二级指标|一级指标",
        "^|比较|数值|单位|^|^|^",
        "1|大于等于|5|公里|清淤长度|数量指标|产出指标",
        "2|小于等于|4|‰|渗漏率|质量指标|产出指标",
        "3|定性|全年||管护期|时效指标|产出指标",
        head=HEAD,
    )
    assert [_facts(i)[:3] for i in records.indicators][:2] == [("清淤长度", ">=", 5), ("渗漏率", "<=", 4)]
    assert records.indicators[2].target.raw == "全年" and records.unread_cells == ()


def test_a_column_of_sums_may_be_called_as_a_head_calls_it() -> None:
    records = _read(
        "项目名称|预算（元）|一级指标|二级指标|三级指标|指标值",
        "渠道清淤|300,000.00|产出指标|数量指标|清淤长度|≥5公里",
        "^|^|产出指标|质量指标|合格率|≥95%",
    )
    assert [p.budget_yuan for p in records.projects] == [300000] and records.unread_cells == ()


def test_a_head_of_three_rows_over_a_list_of_projects() -> None:
    records = _read(
        "序号|项目名称|资金安排（千元）|<|<|<|<|绩效目标|绩效指标|<|<|<",
        "^|^|合计|一般公共预算|<|<|其他资金|^|指标分级|<|具体指标|计划值",
        "^|^|^|小计|本级|上级|^|^|一级|二级|^|^",
        "1|渠道清淤|55.50|52.50|50.00|2.50|3.00|水流畅通|产出指标|数量指标|清淤长度|≥5公里",
        "^|^|^|^|^|^|^|^|效益指标|社会效益指标|灌溉面积|≥300亩",
        "2|道路维修|20|20|20|0|0|出行方便|产出指标|数量指标|修路里程|≥2公里",
    )
    assert [(p.project_name, p.budget_yuan, p.fiscal_yuan, p.other_yuan) for p in records.projects] == [
        ("渠道清淤", 55500, 52500, 3000),
        ("道路维修", 20000, 20000, 0),
    ]
    assert [o.objective_text for o in records.objectives] == ["水流畅通", "出行方便"]


YEARS = [
    "一级指标|二级指标|三级指标|分年度目标值|<|<",
    "^|^|^|2023年|2024年|2025年",
    "产出指标|数量指标|清淤长度|≥4公里|≥5公里|≥6公里",
    "产出指标|质量指标|合格率|≥94%|≥95%|≥96%",
]


def test_of_several_years_the_filing_s_own_counts() -> None:
    records = _read(*YEARS, head=HEAD)
    assert [i.target.value_low for i in records.indicators] == [5, 95] and records.doubts == ()
    used = {(c.row_no, c.col_no): c.use for c in records.used_cells if c.table_no == 2 and c.row_no == 3}
    assert used[3, 5] == "value" and used[3, 4] == used[3, 6] == "ignored:other_period"


def test_several_years_without_the_filing_s_own_stay_a_text() -> None:
    records = _read(*YEARS, head=HEAD, title="石桥镇2026年项目绩效目标表")
    assert [i.target.target_kind for i in records.indicators] == ["text", "text"]


@pytest.mark.parametrize("heading", ["指标大类|指标小类|绩效指标及目标值", "一级|指标子类|三级指标及指标值"])
def test_classes_of_indicators_are_levels(heading: str) -> None:
    records = _read(
        f"序号|项目|预算金额（元）|{heading}",
        "1|渠道清淤|300000|产出指标|数量指标|清淤长度：大于等于5公里",
        "^|^|^|^|质量指标|合格率：≥95%",
        "^|^|^|满意度指标|服务对象满意度指标|农户满意度：≥90%",
    )
    assert [(i.level1, i.level2, i.indicator_raw, i.target.value_low) for i in records.indicators] == [
        ("产出指标", "数量指标", "清淤长度", 5),
        ("产出指标", "质量指标", "合格率", 95),
        ("满意度指标", "服务对象满意度指标", "农户满意度", 90),
    ]
