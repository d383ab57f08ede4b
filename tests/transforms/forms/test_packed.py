"""Forms that pack several things into one cell or several rows into one indicator."""

from collections.abc import Sequence

import pytest

from tests.transforms.grids import document
from transforms.filings import transform
from transforms.records import FilingRecords

HEAD = ["项目名称|道路维修|<|<", "预算数（万元）|30|其中：财政拨款|30"]
HEADING = "一级指标|二级指标|三级指标|指标值"


def read(*blocks: str | Sequence[object]) -> FilingRecords:
    return transform(document(*blocks, file_name="石桥镇2024.docx"))  # type: ignore[arg-type]


def rows_of(records: FilingRecords) -> list[tuple[str | None, str, str]]:
    return [(one.level2, one.indicator_raw, one.target.raw) for one in records.indicators]


def test_target_and_result_in_one_cell_and_points_beside_a_slash() -> None:
    rows = ["项目名称|清漂|预算数/执行数（万元）|52.24/50.5", "指标类型|三级指标|目标及完成情况|分值/得分"]
    found = read(
        "2024年度绩效自评表",
        [
            *[row.split("|") for row in rows],
            ["产出指标/数量指标", "河道长度", "目标：≥51km\n完成：52km", "13/12.5"],
            ["产出指标/成本指标", "每公里费用", "目标：≤6100元/公里；实际完成：5795元/公里", "12/12"],
        ],
    )
    assert [(one.target.raw, one.actual.raw if one.actual else None) for one in found.indicators] == [
        ("≥51km", "52km"),
        ("≤6100元/公里", "5795元/公里"),
    ]
    assert [(str(one.weight), str(one.score)) for one in found.indicators] == [("13", "12.5"), ("12", "12")]
    assert (found.projects[0].budget_yuan, found.projects[0].executed_yuan) == (522400, 505000)
    assert (found.unread_cells, found.filing.doc_kind) == ((), "self_evaluation")


def test_a_slash_parts_target_and_result_only_where_both_are_whole() -> None:
    heading = "一级指标|二级指标|三级指标|目标值/完成值"
    rows = ["产出指标|成本指标|每户费用|≤6元/户/5.8元/户", "^|数量指标|户数|≥6户/7户", "^|^|频次|1次/月"]
    found = read([*HEAD, heading, *rows])
    assert [(one.target.raw, one.actual.raw if one.actual else None) for one in found.indicators][:2] == [
        ("≤6元/户", "5.8元/户"),
        ("≥6户", "7户"),
    ]


@pytest.mark.parametrize(
    ("names", "values", "read_as"),
    [
        ("修路里程\n架桥", "≥5公里\n2座", [("修路里程", "≥5公里"), ("架桥", "2座")]),
        ("受益师生\n危房使用", "≥2700名\n无", [("受益师生", "≥2700名"), ("危房使用", "无")]),
        ("完成\n时间", "2024年\n12月31日前", [("完成时间", "2024年12月31日前")]),
        ("公路\n里程", "≥10\n公里", [("公路里程", "≥10公里")]),
        ("知晓率\n（上半年）", "≥95%\n（抽查）", [("知晓率（上半年）", "≥95%（抽查）")]),
    ],
)
def test_lines_side_by_side_are_indicators_where_each_is_whole(
    names: str, values: str, read_as: list[tuple[str, str]]
) -> None:
    found = read(
        [*(row.split("|") for row in ["项目名称|道路维修||", HEADING]), ["产出指标", "数量指标", names, values]]
    )
    assert [row[1:] for row in rows_of(found)] == read_as


def test_a_row_a_project_with_lists_below_level_1() -> None:
    found = read(
        "石桥镇2024年绩效目标批复表",
        [
            ["序号", "项目名称", "批复金额（万元）", "产出指标", "效益指标", "满意度指标"],
            [
                *("1", "道路维修", "30"),
                "1.数量指标：修路里程≥5公里；\n2.质量指标：合格率≥95%；",
                "1.社会效益指标：出行：明显改善；",
                "1.服务对象满意度指标：村民满意度≥90%；",
            ],
        ],
    )
    assert [(one.level1, *row) for one, row in zip(found.indicators, rows_of(found), strict=True)] == [
        ("产出指标", "数量指标", "修路里程", "≥5公里"),
        ("产出指标", "质量指标", "合格率", "≥95%"),
        ("效益指标", "社会效益指标", "出行", "明显改善"),
        ("满意度指标", "服务对象满意度指标", "村民满意度", "≥90%"),
    ]
    assert (found.projects[0].budget_yuan, found.unread_cells) == (300000, ())


def test_two_rows_an_indicator() -> None:
    found = read(
        [
            "项目名称|道路维修|<|<|<",
            "一级指标|二级指标|三级指标|<|<",
            "^|^|目标值|权重|数据来源",
            "产出指标|数量指标|修路里程|<|<",
            "^|^|≥5公里|13|验收",
            "^|^|架桥|<|<",
            "^|^|2座|12|验收",
            "满意度指标|服务对象满意度指标|村民满意度|<|<",
            "^|^|≥90%|10|问卷",
        ]
    )
    assert rows_of(found) == [
        ("数量指标", "修路里程", "≥5公里"),
        ("数量指标", "架桥", "2座"),
        ("服务对象满意度指标", "村民满意度", "≥90%"),
    ]
    assert [str(one.weight) for one in found.indicators] == ["13", "12", "10"]
    assert (found.indicators[1].place.row_no, found.unread_cells) == (7, ())


def test_projects_in_rows_of_their_own_in_a_list() -> None:
    found = read(
        "单位：万元",
        [
            row.split("|")
            for row in (
                "项目|指标类型|指标|指标值|资金",
                "一、道路维修|<|<|<|30",
                "|数量指标|修路里程|≥5公里|",
                "二、环境整治|<|<|<|20",
                "|数量指标|清运次数|≥50次|",
                "合计|<|<|<|50",
            )
        ],
    )
    assert [(one.project_name, one.budget_yuan) for one in found.projects] == [
        ("道路维修", 300000),
        ("环境整治", 200000),
    ]
    assert [one.project_no for one in found.indicators] == [1, 2]


def test_levels_ticked_or_numbered_in_several_steps() -> None:
    ticked = ["指标类型|指标名称|指标值|", "☑数量 □质量 □时效|修路里程|≥5公里|", "□数量 ☑质量 □时效|合格率|≥95%|"]
    assert [row[0] for row in rows_of(read([*HEAD, *ticked]))] == ["数量", "质量"]
    numbered = [HEADING, "1.产出指标|1.1数量指标|1.1.1修路里程|≥5公里", "^|1-2质量指标|1.2.1 合格率|≥95%"]
    assert [row[:2] for row in rows_of(read([*HEAD, *numbered]))] == [("数量指标", "修路里程"), ("质量指标", "合格率")]


def test_a_level_1_that_no_taxonomy_knows_is_said() -> None:
    found = read([*HEAD, HEADING, "甲类|数量指标|修路里程|≥5公里", "^|质量指标|合格率|≥95%"])
    assert [(doubt.field, doubt.reason) for doubt in found.doubts] == [("level1", "level_unknown")] * 2


def test_names_and_targets_without_levels() -> None:
    rows = ["序号|绩效指标|目标值|备注", "1|修路里程|≥5公里|", "2|合格率|≥95%|"]
    assert [row[1:] for row in rows_of(read([*HEAD, *rows]))] == [("修路里程", "≥5公里"), ("合格率", "≥95%")]
