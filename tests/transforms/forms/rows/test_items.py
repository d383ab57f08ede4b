import pytest

from tests.transforms.grids import document, grid
from transforms.filings import transform
from transforms.targets.named import split_named_target


@pytest.mark.parametrize(
    ("text", "name", "target"),
    [
        ("道路里程≥5公里", "道路里程", "≥5公里"),
        ("群众满意度95%以上。", "群众满意度", "95%以上"),
        ("完工时间：2024年12月31日前完成", "完工时间", "2024年12月31日前完成"),
        ("群众安全意识：明显提升", "群众安全意识", "明显提升"),
        ("人均补助标准控制在300元以内", "人均补助标准", "控制在300元以内"),
        ("改善3个村的出行条件", "改善3个村的出行条件", ""),
        ("准确率：力争达到85%以上", "准确率", "力争达到85%以上"),
        ("村均经费：总额不超过3.5万元", "村均经费", "总额不超过3.5万元"),
        ("行政村数量（≥24个）", "行政村数量", "（≥24个）"),
    ],
)
def test_a_name_is_parted_from_the_target_behind_it(text: str, name: str, target: str) -> None:
    assert split_named_target(text) == (name, target)


def read(*rows: str | list[str]) -> list[tuple[str | None, str | None, str, str]]:
    records = transform(document("1.道路维修绩效目标表", grid(list(rows))))
    assert records.unread_cells == ()
    return [(i.level1, i.level2, i.indicator_raw, i.target.raw) for i in records.indicators]


def test_names_and_targets_in_one_column() -> None:
    assert read(
        "一级指标|二级指标|三级指标及目标值",
        "产出指标|数量指标|道路里程≥5公里",
        "^|质量指标|指标1：合格率≥95%\n指标2：返工率≤1%",
        "效益指标|社会效益指标|出行条件：明显改善",
    ) == [
        ("产出指标", "数量指标", "道路里程", "≥5公里"),
        ("产出指标", "质量指标", "合格率", "≥95%"),
        ("产出指标", "质量指标", "返工率", "≤1%"),
        ("效益指标", "社会效益指标", "出行条件", "明显改善"),
    ]


def test_numbered_names_beside_numbered_values() -> None:
    assert read(
        "一级指标|二级指标|三级指标|指标值|分值",
        "产出指标|数量指标|1.道路里程\n2.桥梁数量|1.≥5公里\n2.3座|10",
        "^|质量指标|合格率|≥95%|10",
    ) == [
        ("产出指标", "数量指标", "道路里程", "≥5公里"),
        ("产出指标", "数量指标", "桥梁数量", "3座"),
        ("产出指标", "质量指标", "合格率", "≥95%"),
    ]


def test_numbers_before_values_that_count_things_are_no_whole_part() -> None:
    assert [
        target
        for *_, target in read(
            "一级指标|二级指标|三级指标|指标值",
            "产出指标|数量指标|1.清运次数\n2.设备数量|1.12次\n2.3套",
            "^|^|1.主路里程\n2.支路里程|1.5公里\n2.3公里",
        )
    ] == ["12次", "3套", "1.5公里", "2.3公里"]


def test_one_numbered_name_with_a_value_of_two_lines_stays_whole() -> None:
    assert read("一级指标|二级指标|三级指标|指标值", "产出指标|时效指标|1.完工时间|2024年12月\n31日前完成") == [
        ("产出指标", "时效指标", "完工时间", "2024年12月31日前完成")
    ]


def test_a_row_may_hold_a_whole_project() -> None:
    rows = [
        "序号|项目名称|预算金额（万元）|年度绩效目标|产出指标|<|效益指标|满意度指标",
        "^|^|^|^|数量指标|质量指标|社会效益指标|服务对象满意度指标",
        "1|道路维修|30|修路|道路里程≥5公里；桥梁数量3座|合格率≥95%|出行条件：明显改善|群众满意度90%以上",
        "2|环卫清洁|5|保洁|清运次数≥9次||环境：整洁|",
    ]
    records = transform(document("石桥镇2024年项目绩效目标汇总表", rows))
    assert [(p.project_name, p.budget_yuan) for p in records.projects] == [("道路维修", 300000), ("环卫清洁", 50000)]
    assert [(i.project_no, i.level1, i.level2, i.indicator_raw, i.target.raw) for i in records.indicators] == [
        (1, "产出指标", "数量指标", "道路里程", "≥5公里"),
        (1, "产出指标", "数量指标", "桥梁数量", "3座"),
        (1, "产出指标", "质量指标", "合格率", "≥95%"),
        (1, "效益指标", "社会效益指标", "出行条件", "明显改善"),
        (1, "满意度指标", "服务对象满意度指标", "群众满意度", "90%以上"),
        (2, "产出指标", "数量指标", "清运次数", "≥9次"),
        (2, "效益指标", "社会效益指标", "环境", "整洁"),
    ]
    assert records.unread_cells == ()


def test_a_level_may_stand_before_the_name() -> None:
    assert read("一级指标|绩效指标|目标值", "产出指标|数量指标：道路里程|≥5公里", "^|质量指标：合格率|≥95%") == [
        ("产出指标", "数量指标", "道路里程", "≥5公里"),
        ("产出指标", "质量指标", "合格率", "≥95%"),
    ]
