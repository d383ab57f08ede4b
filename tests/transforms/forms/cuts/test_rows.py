"""Rows, headings and project cells that a page break cut: each case one way in which the parts look like two rows."""

import pytest

from tests.transforms.grids import document, grid
from transforms.filings import transform

HEAD = [
    "项目名称|道路维修|项目编码|13020823P00000310006D",
    "预算单位|青山县石桥镇人民政府|预算金额（万元）|5",
    "绩效目标|修路|<|<",
]
TOP = "一级指标|二级指标|三级指标|指标值|指标值确定依据"


@pytest.mark.parametrize(
    ("above", "below", "name", "target", "basis"),
    [
        (
            "效益指标|社会效益指标|来访办事群众|大于或等于|冀财农",
            "||满意率|95%|〔2022〕156号",
            "来访办事群众满意率",
            "大于或等于95%",
            "冀财农〔2022〕156号",
        ),
        (
            "产出指标|成本指标|每村运转经|≤3,000.|计划标",
            "||费补助标准|00元|准",
            "每村运转经费补助标准",
            "≤3,000.00元",
            "计划标准",
        ),
        (
            "产出指标|时效指标|补贴发放截止|10月15日|计划标准",
            "||日期|前完成|",
            "补贴发放截止日期",
            "10月15日前完成",
            "计划标准",
        ),
    ],
)
def test_both_parts_may_have_a_name_and_a_value(above: str, below: str, name: str, target: str, basis: str) -> None:
    rows = [TOP, "产出指标|数量指标|修路里程|≥5公里|计划标准", above, below]
    records = transform(document(HEAD, grid(rows, table_no=2, page_starts=(3,))))
    assert [i.indicator_raw for i in records.indicators] == ["修路里程", name]
    assert (records.indicators[1].target.raw, records.indicators[1].basis) == (target, basis)


def test_two_whole_rows_around_a_page_break_stay_two() -> None:
    rows = [TOP, "产出指标|数量指标|修路里程|≥5公里|计划标准", "|||0.3元/份|", "||宣传材料单价|不超过6%|计划标准"]
    rows[2] = "|成本指标|宣传材料单价|3.30元/份|计划标准"
    rows[3] = "||超支比例|不超过6%|计划标准"
    records = transform(document(HEAD, grid(rows, table_no=2, page_starts=(3,))))
    assert [i.indicator_raw for i in records.indicators] == ["修路里程", "宣传材料单价", "超支比例"]


def test_a_cut_heading_keeps_its_columns() -> None:
    rows = ["一级指|二级指标|三级指标|指标值|指标值确", "标||||定依据", "产出指标|数量指标|修路里程|≥5公里|计划标准"]
    records = transform(document(HEAD, grid(rows, table_no=2, page_starts=(1,))))
    assert records.indicators[0].basis == "计划标准"
    assert records.unread_cells == ()


def test_a_cut_side_label_still_tells_the_period() -> None:
    rows = [
        "长期绩效指标|一级指标|二级指标|三级指标|指标值",
        "^|产出指标|数量指标|修路里程|≥50公里",
        "年度绩效|一级指标|二级指标|三级指标|指标值",
        "指标|产出指标|数量指标|修路里程|≥5公里",
    ]
    records = transform(document(HEAD, grid(rows, table_no=2, page_starts=(3,))))
    assert [i.target.raw for i in records.indicators] == ["≥5公里"]


FLAT = "单位名称|项目名称|预算数（元）|年度目标|一级指标|二级指标|三级指标|指标值"
UNIT = "820001-青山县石桥镇人民政府"


def test_a_flat_table_that_repeats_its_project_cells_may_be_cut_inside_them() -> None:
    rows = [
        FLAT,
        f"{UNIT}|村干部基本报酬|2,852.00|1.发钱|产出指标|数量指标|发放人数|≥5人",
        f"{UNIT}|村干部|2,85|1.发|产出指标|质量指标|发放|≥95%",
        "|基本报酬|2.00|钱|||准确率|",
        f"{UNIT}|村干部基本报酬|2,852.00|1.发钱|产出指标|时效指标|发放时间|按时",
    ]
    records = transform(document("2023年预算", grid(rows, page_starts=(3,))))
    assert [(p.project_name, p.budget_yuan) for p in records.projects] == [("村干部基本报酬", 2852)]
    assert [i.indicator_raw for i in records.indicators] == ["发放人数", "发放准确率", "发放时间"]


def test_a_flat_table_s_merged_project_cells_go_on_on_the_next_page() -> None:
    rows = [
        FLAT,
        f"{UNIT}|农村饮水安全（三|2,852.00|1.改善农村|产出指标|数量指标|管网里程|≥5公里",
        "|期）||生活\n2.按时完工|产出指标|质量指标|合格率|≥95%",
    ]
    records = transform(document("2023年预算", grid(rows, page_starts=(2,))))
    assert [p.project_name for p in records.projects] == ["农村饮水安全（三期）"]
    assert [o.objective_text for o in records.objectives] == ["改善农村生活", "按时完工"]


def test_a_cut_head_row_keeps_code_and_name() -> None:
    head = ["项目编码|13992325P46450710|项目名称|村干部基本报酬及离任村", "|013QA||干部补助", *HEAD[1:]]
    rows = [TOP, "产出指标|数量指标|修路里程|≥5公里|计划标准"]
    records = transform(document(grid([r.split("|") for r in head], page_starts=(1,)), grid(rows, table_no=2)))
    assert records.projects[0].project_code == "13992325P46450710013QA"
    assert records.projects[0].project_name == "村干部基本报酬及离任村干部补助"


def test_a_table_of_indicators_that_fits_nowhere_is_reported() -> None:
    stranger = ["产出指标|数量指标|修路里程|≥5公里|a|b", "产出指标|质量指标|合格率|≥95%|a|b"]
    rows = [TOP, "产出指标|数量指标|修路里程|≥5公里|计划标准"]
    records = transform(document(HEAD, grid(rows, table_no=2), "另一处文字", "又一处文字", grid(stranger, table_no=3)))
    assert {cell.table_no for cell in records.unread_cells} == {3}
    assert "indicator_table_unread" in {finding.rule for finding in records.findings}
