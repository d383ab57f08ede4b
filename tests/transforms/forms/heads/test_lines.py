from tests.transforms.grids import document
from transforms.filings import transform
from transforms.forms.heads.head import Head
from transforms.forms.heads.lines import read_lines

TABLE = ["一级指标|二级指标|绩效指标名称|预期指标值", "产出指标|数量指标|修路里程|≥5公里", "|质量指标|合格率|≥95%"]
SECOND = ["一级指标|二级指标|绩效指标名称|预期指标值", "产出指标|数量指标|清运次数|≥9次", "|质量指标|合格率|≥90%"]


def test_lines_above_a_table_give_its_project() -> None:
    lines = ["项目编码：13020823P00000310006D", "项目预算：5万元，其中财政拨款4万元", "年度绩效目标："]
    records = transform(
        document(
            "石桥镇2024年度预算项目绩效目标",
            "一、道路维修",
            "项目名称：道路维修",
            *lines,
            "1.修路",
            "2.养路",
            "绩效指标：",
            TABLE,
            "项目名称：环卫清洁",
            "项目预算（万元）：7",
            SECOND,
        )
    )
    assert [(p.project_name, p.project_code, p.budget_yuan, p.fiscal_yuan) for p in records.projects] == [
        ("道路维修", "13020823P00000310006D", 50000, 40000),
        ("环卫清洁", None, 70000, None),
    ]
    assert [(o.project_no, o.objective_text) for o in records.objectives] == [(1, "修路"), (1, "养路")]
    assert [i.project_no for i in records.indicators] == [1, 1, 2, 2]


def test_goals_of_the_text_part_are_not_the_projects() -> None:
    records = transform(
        document("（一）完善制度建设", "绩效目标：提高机关干部工作效率", "绩效指标：满意度大于等于90%", TABLE)
    )
    assert records.objectives == ()


def test_a_label_and_its_value_behind_a_blank_in_a_line() -> None:
    head = Head()
    read_lines(["石桥镇项目绩效目标表", "项目名称　渠道清淤", "预算金额（万元）12.00"], head)
    assert [value.text for value in head.values["project_name"]][:1] == ["渠道清淤"]
    assert [(value.text, value.units) for value in head.values["amount_total"]] == [("12.00", ["万元"])]
