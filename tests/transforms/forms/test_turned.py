"""Indicator tables that lie on their side: each column is an indicator."""

from tests.transforms.grids import document
from transforms.filings import transform

LYING = [
    "项目名称|道路整治|<|<|<",
    "预算金额（万元）|75.37|<|其中：财政拨款|74.34",
    "一级指标|产出指标|<|<|满意度指标",
    "二级指标|数量指标|<|质量指标|服务对象满意度指标",
    "三级指标|安装护栏|增设标志|整改率|群众满意度",
    "指标值|≥1488米|37块以上|100%|≥85%",
]


def test_each_column_is_an_indicator_with_its_place_in_the_table() -> None:
    records = transform(document("2024年项目绩效目标表", LYING))
    assert [(p.project_name, p.budget_yuan) for p in records.projects] == [("道路整治", 753700)]
    assert [(i.level1, i.level2, i.indicator_raw, i.target.raw) for i in records.indicators] == [
        ("产出指标", "数量指标", "安装护栏", "≥1488米"),
        ("产出指标", "数量指标", "增设标志", "37块以上"),
        ("产出指标", "质量指标", "整改率", "100%"),
        ("满意度指标", "服务对象满意度指标", "群众满意度", "≥85%"),
    ]
    assert records.unread_cells == () and {i.place.row_no for i in records.indicators} == {6}
    used = {(c.row_no, c.col_no): c.indicator_no for c in records.used_cells if c.field == "target_raw"}
    assert used == {(6, 2): 1, (6, 3): 2, (6, 4): 3, (6, 5): 4}


def test_a_label_over_two_columns_and_weights_below() -> None:
    rows = [
        "序号|<|1|2|3",
        "指标名称|<|培训期数|合格率|完成时间",
        "目标值|<|≥24期|≥95%|2024年12月底前",
        "权重|<|40|40|20",
    ]
    records = transform(document("2024年度", "项目名称：村级培训", rows))
    assert [(i.indicator_raw, i.target.raw, i.weight) for i in records.indicators] == [
        ("培训期数", "≥24期", 40),
        ("合格率", "≥95%", 40),
        ("完成时间", "2024年12月底前", 20),
    ]
