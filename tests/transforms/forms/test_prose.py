import pytest

from extractors.document import Paragraph
from extractors.rejection import Reason, RejectedFile
from tests.transforms.grids import document
from transforms.filings import transform
from transforms.forms.prose import read_prose

LINES = [
    "青禾县柳林镇2024年项目绩效目标",
    "项目名称：绿化",
    "预算金额：30万元",
    "一、产出指标",
    "（一）数量指标",
    "1.新栽行道树：≥40棵；补栽不少于5棵。",
    "（二）成本指标",
    "1.每棵造价不超过300元",
    "二、满意度指标",
    "（一）服务对象满意度指标",
    "1.居民满意度达到85%以上",
]


def test_indicators_in_numbered_lines_are_read_with_their_levels() -> None:
    records = transform(document(*LINES))
    assert [(p.project_name, p.budget_yuan) for p in records.projects] == [("绿化", 300000)]
    assert [(i.level1, i.level2, i.indicator_raw) for i in records.indicators] == [
        ("产出指标", "数量指标", "新栽行道树"),
        ("产出指标", "数量指标", "补栽"),
        ("产出指标", "成本指标", "每棵造价"),
        ("满意度指标", "服务对象满意度指标", "居民满意度"),
    ]
    assert [i.target.comparator for i in records.indicators] == [">=", ">=", "<=", ">="]
    assert [i.place.row_no for i in records.indicators] == [6, 6, 8, 11]


def test_a_level_may_lead_the_line_of_its_indicators() -> None:
    lines = ["项目名称：绿化", "1.数量指标：新栽行道树≥40棵；养护面积≥3亩", "2.质量指标：成活率≥90%"]
    found = transform(document(*lines)).indicators
    assert [(i.level1, i.level2, i.indicator_raw) for i in found] == [
        ("产出指标", "数量指标", "新栽行道树"),
        ("产出指标", "数量指标", "养护面积"),
        ("产出指标", "质量指标", "成活率"),
    ]


def test_a_second_project_begins_at_its_name() -> None:
    second = [line.replace("绿化", "养路").replace("30", "8") for line in LINES[1:]]
    records = transform(document(*LINES, *second))
    assert [(p.project_name, p.budget_yuan) for p in records.projects] == [("绿化", 300000), ("养路", 80000)]
    assert [i.project_no for i in records.indicators] == [1] * 4 + [2] * 4


def test_a_text_that_only_speaks_of_indicators_is_no_list() -> None:
    lines = ["我镇按数量指标、质量指标填报。", "质量指标", "另行报送"]
    assert read_prose(document(*lines)) == []
    assert all(isinstance(block, Paragraph) for block in document(*lines).blocks)


def test_projects_named_by_numbered_lines_only() -> None:
    lines = [
        "一、设备购置",
        "（一）项目预算：61.30万元，其中财政拨款60万元。",
        "（二）年度绩效目标：提升诊疗能力",
        "（三）绩效指标：",
        "数量指标：购置设备：8台。",
        "成本指标：购置总价：≤259300元。",
        "二、环境整治",
        "（一）项目预算：48.60万元。",
        "（二）绩效指标：",
        "数量指标：清运频次：≥3次/周；清理沟渠：≥1745米。",
    ]
    records = transform(document("石桥镇2023年项目支出绩效目标情况说明", *lines))
    assert [(p.project_name, p.budget_yuan, p.fiscal_yuan) for p in records.projects] == [
        ("设备购置", 613000, 600000),
        ("环境整治", 486000, None),
    ]
    assert [(i.project_no, i.indicator_raw) for i in records.indicators] == [
        (1, "购置设备"),
        (1, "购置总价"),
        (2, "清运频次"),
        (2, "清理沟渠"),
    ]


def test_each_level_in_a_line_leads_its_own_indicators() -> None:
    line = "数量指标：修路里程≥5公里；桥梁≥2座；质量指标：合格率≥95%；满意度指标：群众满意度≥90%"
    found = transform(document("项目名称：道路维修", line)).indicators
    assert [(i.level2, i.indicator_raw) for i in found] == [
        ("数量指标", "修路里程"),
        ("数量指标", "桥梁"),
        ("质量指标", "合格率"),
        ("满意度指标", "群众满意度"),
    ]


def test_levels_in_a_sentence_with_their_indicators() -> None:
    records = transform(
        document(
            "石桥镇2024年项目绩效目标",
            "项目名称：道路维修",
            "预算金额：30万元",
            "绩效指标：数量指标为修路里程≥5公里；质量指标、合格率达到95%以上；时效指标/完工时间：2024年12月底前；群众满意度≥90%。",
        )
    )
    assert [(i.level2, i.indicator_raw, i.target.target_kind) for i in records.indicators] == [
        ("数量指标", "修路里程", "quantity"),
        ("质量指标", "合格率", "percent"),
        ("时效指标", "完工时间", "date"),
        (None, "群众满意度", "percent"),
    ]


def test_sums_for_parts_of_the_year_are_no_plan_but_are_told() -> None:
    lines = [
        "石桥镇2024年项目绩效目标",
        "项目名称：道路维修",
        "预算金额：30万元",
        "一季度支出10万元，三季度支出20万元。",
        *LINES[3:],
    ]
    records = transform(document(*lines))
    assert records.spending_plan == () and [p.budget_yuan for p in records.projects] == [300000]
    assert [(d.reason, d.field) for d in records.doubts] == [("plan_in_text", "cumulative_pct")]


def test_a_table_whose_cells_are_lines_of_their_own_is_no_list_of_indicators() -> None:
    cells = [
        "产出指标",
        "数量指标",
        "修路里程",
        "≥5公里",
        "架桥",
        "2座",
        "质量指标",
        "合格率：≥95%",
        "满意度指标",
        "服务对象满意度指标",
        "村民满意度：≥90%",
    ]
    with pytest.raises(RejectedFile) as caught:
        transform(document("石桥镇2024年绩效目标", *cells, "社会效益指标", "出行改善", "明显"))
    assert caught.value.reason is Reason.TEXT_RUN_TOGETHER
