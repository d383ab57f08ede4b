"""Forms whose headings no list knows: columns told by their cells; titles, sentences and plans read by their sense."""

from collections.abc import Sequence

import pytest

from tests.transforms.grids import document
from transforms.filings import transform
from transforms.records import FilingRecords

HEAD = ["项目名称|道路维修|<|<", "预算数（万元）|30|其中：财政拨款|30"]
TABLE = [
    "一级指标|二级指标|三级指标|指标值",
    "产出指标|数量指标|修路里程|≥5公里",
    "满意度指标|服务对象满意度指标|满意度|≥90%",
]


def read(*blocks: str | Sequence[str], file_name: str = "石桥镇2024.docx") -> FilingRecords:
    return transform(document(*blocks, file_name=file_name))


def rows_of(records: FilingRecords) -> list[tuple[str | None, str | None, str, str]]:
    return [(one.level1, one.level2, one.indicator_raw, one.target.raw) for one in records.indicators]


def test_columns_are_told_by_levels_and_measures_below_unknown_words() -> None:
    rows = ["产出|数量|修路里程|≥5公里|20", "^|质量|合格率|≥95%|20", "效益|社会效益|受益村民|≥300人|20"]
    for heading in ("绩效维度|指标类型|绩效指标|目标|得分权重", "绩效层级|绩效归类|指标项|承诺|配分"):
        found = read([*HEAD, heading, *rows])
        assert rows_of(found)[0] == ("产出", "数量", "修路里程", "≥5公里")
        assert [str(one.weight_raw) for one in found.indicators] == ["20", "20", "20"]
        assert found.unread_cells == ()


def test_of_several_measured_columns_the_one_that_promises_is_the_value_s() -> None:
    heading = "一级指标|二级指标|三级指标|上年完成|本年目标|增幅"
    rows = ["产出指标|数量指标|修路里程|4公里|≥5公里|25%", "^|质量指标|合格率|93%|≥95%|2%"]
    found = read([*HEAD, heading, *rows])
    assert [row[3] for row in rows_of(found)] == ["≥5公里", "≥95%"]
    assert {cell.text for cell in found.unread_cells} == {"25%", "2%"}
    unclear = read([*HEAD, "一级指标|二级指标|三级指标|甲|乙", *(row.rpartition("|")[0] for row in rows)], TABLE)
    assert {"4公里", "≥5公里"} <= {cell.text for cell in unclear.unread_cells}


def test_an_unknown_column_of_units_gives_the_values_their_units() -> None:
    heading = "一级指标|二级指标|三级指标|指标值|衡量方式"
    found = read([*HEAD, heading, "产出指标|数量指标|修路里程|≥5|公里", "^|质量指标|合格率|≥95|%"])
    assert [one.target.unit for one in found.indicators] == ["公里", "%"]


@pytest.mark.parametrize(
    ("row", "sums"),
    [
        ("申请资金|30|拟申请财政资金|28", (300000, 280000, None)),
        ("资金需求|30|村级自筹|2", (300000, None, 20000)),
        ("所需经费|30|社会投入|2", (300000, None, 20000)),
    ],
)
def test_a_sum_beside_it_makes_known_words_a_label(row: str, sums: tuple[int | None, ...]) -> None:
    project = read("单位：万元", ["项目名称|道路维修|<|<", row, *TABLE]).projects[0]
    assert (project.budget_yuan, project.fiscal_yuan, project.other_yuan) == sums


def test_a_plan_in_money_is_no_plan_of_shares_and_quarters_add_up() -> None:
    plan = ["项目名称|道路维修|<|<|<", "预算数（万元）|30|<|<|<", "{}|一季度|二季度|三季度|四季度", "^|{}"]
    rows = [f"{row}|" for row in TABLE]
    for label, points, said in (
        ("分季度用款计划（万元）", "6|9|9|6", None),
        ("分季度用款计划", "6|9|9|6", None),
        ("资金支出计划（%）", "25%|25%|25%|25%", [25, 50, 75, 100]),
        ("资金支出计划（%）", "10|40|70|100", [10, 40, 70, 100]),
    ):
        found = read([plan[0], plan[1], plan[2].format(label), plan[3].format(points), *rows])
        assert [point.cumulative_pct for point in found.spending_plan] == (said or [])
        assert [doubt.reason for doubt in found.doubts] == ([] if said else ["plan_in_text"])


def test_shares_by_a_day_are_never_added_up() -> None:
    rows = [f"{row}|" for row in TABLE]
    for label, months in (
        ("资金支出计划（%）", "3月底|6月底|9月底|12月底"),
        ("支出计划（累计）", "一季度|二季度|三季度|四季度"),
    ):
        found = read(["项目名称|道路维修|<|<|<", f"{label}|{months}", "^|25%|25%|25%|25%", *rows])
        assert [point.cumulative_pct for point in found.spending_plan] == [25, 25, 25, 25]


def test_sums_below_the_indicators_open_no_form() -> None:
    head = ["项目名称|道路维修|<|<", "预算数（万元）|30|其中：财政拨款|30", "绩效目标|修路|<|<"]
    found = read([*head, *TABLE, "预算数（万元）|30|其中：财政拨款|30", "绩效目标|修路|<|<"])
    assert len(found.projects) == 1


def test_a_line_of_another_period_opens_no_form() -> None:
    found = read([*HEAD, *TABLE], "年度绩效指标", TABLE)
    assert (len(found.projects), {doubt.reason for doubt in found.doubts}) == (1, {"levels_begin_again"})


def test_titles_above_tables_name_their_projects() -> None:
    other = [TABLE[0], "产出指标|数量指标|清运次数|≥50次"]
    for first, second in (
        ("（一）道路维修", "（二）环境整治"),
        ("2024年道路维修绩效目标表", "2024年环境整治绩效目标表"),
    ):
        found = read("石桥镇绩效目标", first, TABLE, second, other)
        assert [(p.project_name, p.project_no) for p in found.projects] == [("道路维修", 1), ("环境整治", 2)]
        assert [one.project_no for one in found.indicators] == [1, 1, 2]
    for title in ("（三）绩效指标", "石桥镇2024年项目支出绩效目标表", "二、项目概况", "2.效益指标"):
        assert read(title, TABLE).projects[0].project_name == "（未写项目名称）"


def test_a_table_that_begins_anew_is_another_form_or_a_doubt() -> None:
    again = [TABLE[0], "产出指标|数量指标|清运次数|≥50次"]
    assert len(read([*HEAD, *TABLE], "保洁", again).projects) == 1  # too short a line to say so
    assert len(read([*HEAD, *TABLE], "以下为环境整治项目", again).projects) == 2
    assert len(read([*HEAD, *TABLE], "（续表）", [TABLE[0], "|质量指标|合格率|≥95%"]).projects) == 1
    assert [doubt.reason for doubt in read([*HEAD, *TABLE], again).doubts] == ["levels_begin_again"]


def test_a_sentence_whose_sums_make_its_first_states_the_budget() -> None:
    told = "预算安排30万元，其中财政资金28万元、自筹2万元。"
    project = read("1.道路维修", told, TABLE).projects[0]
    assert (project.budget_yuan, project.fiscal_yuan, project.other_yuan) == (300000, 280000, 20000)
    unclear = read("1.道路维修", told.replace("28", "20"), TABLE)
    assert unclear.projects[0].budget_yuan is None
    assert [doubt.reason for doubt in unclear.doubts] == ["amount_in_text"]


def test_a_rate_of_at_most_one_without_a_sign_of_percent_is_doubted() -> None:
    rows = ["产出指标|质量指标|合格率|≥{}", "^|数量指标|座数|1"]
    for value, reasons in (("0.95", ["share_or_percent"]), ("1", ["share_or_percent"]), ("95", []), ("0.95%", [])):
        found = read([*HEAD, TABLE[0], rows[0].format(value), rows[1]])
        assert [doubt.reason for doubt in found.doubts] == reasons


def test_days_beside_the_values_are_not_the_values() -> None:
    heading = "一级指标|二级指标|三级指标|运算符号|指标内容|度量单位|完成时限"
    rows = [
        "产出指标|数量指标|修路里程|≥|6|公里|2024年11月",
        "^|^|错车道|≥|10|处|2024-12-31",
        "^|质量指标|路面|定性|平整||2024年12月",
    ]
    found = read([*HEAD, heading, *rows])
    assert [row[3] for row in rows_of(found)] == ["≥6公里", "≥10处", "平整"]


def test_days_and_sums_that_answer_for_counts_or_satisfaction_are_doubted() -> None:
    rows = [
        "产出指标|数量指标|修路里程|2024年12月",
        "满意度指标|服务对象满意度指标|满意度|5万元",
        "产出指标|数量指标|完成时间|2024年12月",
    ]
    found = read([*HEAD, TABLE[0], *rows])
    assert [(d.reason, d.indicator_no) for d in found.doubts] == [("kind_unlikely", 1), ("kind_unlikely", 2)]
    with_unit = read([*HEAD, "一级指标|二级指标|三级指标|指标值|单位", "产出指标|时效指标|工期|2024年12月|处"])
    assert [doubt.reason for doubt in with_unit.doubts] == ["unit_of_a_day"]


def test_a_project_without_a_single_target_is_doubted() -> None:
    heading = "一级指标|二级指标|三级指标|指标值|实际完成值"
    rows = [f"产出指标|数量指标|{name}||{done}" for name, done in (("修路", "5公里"), ("植树", "6棵"), ("清淤", "3处"))]
    assert {d.reason for d in read([*HEAD, heading, *rows]).doubts} == {"no_target_read"}
    assert read([*HEAD, heading, *rows[:2], "产出指标|数量指标|架桥|2座|2座"]).doubts == ()


def test_heads_without_a_known_name_are_forms_of_their_own() -> None:
    form = ["{}|{}|预算数（万元）|{}", "绩效目标|{}|<|<", *TABLE]
    for label in ("项目编码及名称", "项目名称/编码", "名称"):
        forms = [
            [form[0].format(label, name, budget), form[1].format(goal), *form[2:]]
            for name, budget, goal in (("道路维修", 30, "修路"), ("环境整治", 20, "保洁"))
        ]
        assert [(p.project_name, p.budget_yuan) for p in read(*forms).projects] == [
            ("道路维修", 300000),
            ("环境整治", 200000),
        ]
        assert len(read([*forms[0], *forms[1]]).projects) == 2
    unknown = [
        [form[0].format("事由", name, budget), form[1].format(goal), *form[2:]]
        for name, budget, goal in (("甲", 30, "修路"), ("乙", 20, "保洁"))
    ]
    assert [p.budget_yuan for p in read(*unknown).projects] == [300000, 200000]


def test_the_money_unit_in_a_table_holds_for_each_form_in_it() -> None:
    form = ["名称|{}|<|<", "金额|{}|<|<", *TABLE]
    found = read(
        [
            "金额单位：万元|<|<|<",
            *(row.format(text) for text, rows in (("甲", form[:1]), ("30", form[1:2])) for row in rows),
            *TABLE,
            "名称|乙|<|<",
            "金额|20|<|<",
            *TABLE,
        ]
    )
    assert [p.budget_yuan for p in found.projects] == [300000, 200000]


def test_what_was_fixed_after_review_counts_before_what_was_filed() -> None:
    heading = "一级指标|二级指标|三级指标|单位申报值|审核意见|审定指标值"
    found = read([*HEAD, heading, "产出指标|数量指标|修路里程|≥5公里|同意|≥6公里", "^|质量指标|合格率|≥95%|同意|≥95%"])
    assert [row[3] for row in rows_of(found)] == ["≥6公里", "≥95%"]


def test_a_second_column_of_names_or_values_is_never_left_out_unseen() -> None:
    heading = "一级指标|二级指标|细化指标|绩效目标值|绩效内容"
    found = read([*HEAD, heading, "产出指标|数量指标|修路里程|≥5公里|竣工资料", "^|质量指标|合格率|≥95%|验收表"])
    assert [(row[2], row[3]) for row in rows_of(found)] == [("修路里程", "≥5公里"), ("合格率", "≥95%")]
    assert [one.description for one in found.indicators] == ["竣工资料", "验收表"]
    two = read([*HEAD, "一级指标|二级指标|三级指标|指标值|目标值", "产出指标|数量指标|修路里程|≥5公里|≥6公里"])
    assert len(two.unread_cells) == 1 and two.unread_cells[0].text.startswith("≥")


def test_a_blank_heading_over_measures_is_the_value_s() -> None:
    rows = ["一级指标|二级指标|三级指标|", "产出指标|数量指标|修路里程|≥5公里", "^|质量指标|合格率|≥95%"]
    assert [row[3] for row in rows_of(read([*HEAD, *rows]))] == ["≥5公里", "≥95%"]


def test_of_several_columns_of_points_the_indicator_s_own_counts() -> None:
    heading = "一级指标|权重|二级指标|权重|三级指标|权重|指标值"
    found = read([*HEAD, heading, "产出指标|50|数量指标|20|修路里程|15|≥5公里", "^|^|^|^|架桥|5|2座"])
    assert [str(one.weight) for one in found.indicators] == ["15", "5"]


def test_a_month_with_a_point_is_a_day_of_an_indicator_of_time() -> None:
    found = read([*HEAD, TABLE[0], "产出指标|时效指标|完成|2024.12", "^|数量指标|均值|2024.12"])
    assert [one.target.target_kind for one in found.indicators] == ["date", "quantity"]


def test_a_sum_in_words_and_in_figures() -> None:
    project = read(["项目名称|道路维修|<|<", "预算金额|大写：叁拾万元整|<|<", *TABLE]).projects[0]
    assert project.budget_yuan == 300000


def test_this_year_s_sums_count_in_a_list_too() -> None:
    rows = [
        "项目名称|总预算|本年预算|一级指标|二级指标|三级指标|指标值",
        "道路维修|90|30|产出指标|数量指标|修路里程|≥5公里",
    ]
    found = read("单位：万元", rows)
    assert (found.projects[0].budget_yuan, [cell.text for cell in found.unread_cells]) == (300000, ["90"])
