from decimal import Decimal

import pytest

from extractors.rejection import Reason, RejectedFile
from tests.transforms.grids import document, grid
from transforms.filings import transform

HEAD = [
    "482001青山县石桥镇人民政府本级|<|<|<|<|单位：万元",
    "项目编码|13020823P00000310006D|项目名称|道路维修|<|<",
    "预算规模及资金用途|预算数|14.93|其中：财政资金|14.93|其他资金",
    "^|用于维修道路。|<|<|<|<",
    "资金支出计划（%）|3月底|6月底|10月底|12月底|",
    "^|25%|50%|75%|100%|",
    "绩效目标|1.修路\n2.养路|<|<|<|<",
]
INDICATORS = [
    "一级指标|二级指标|三级指标|绩效指标描述|指标值|指标值确定依据",
    "产出指标|数量指标|修路里程|里程|≥5公里|计划标准",
    "^|时效指标|完工时间|时间|2023年12月31日完成|计划标准",
    "满意度指标|服务对象满意度指标|群众满意度|满意的比例|≥95%|其他标准",
]


def test_a_form_whose_headings_are_numbered_in_circles_is_read() -> None:
    headings = "①一级指标|②二级指标|③三级指标|④绩效指标描述|⑤指标值|⑥指标值确定依据"
    records = transform(document("1.道路维修绩效目标表", HEAD, [headings, *INDICATORS[1:]]))
    assert [i.indicator_raw for i in records.indicators] == ["修路里程", "完工时间", "群众满意度"]
    assert records.unread_cells == ()


def test_head_and_indicators_in_two_tables() -> None:
    records = transform(document("1.道路维修绩效目标表", HEAD, INDICATORS))
    project = records.projects[0]
    assert (project.project_name, project.project_code) == ("道路维修", "13020823P00000310006D")
    assert (project.budget_yuan, project.fiscal_yuan, project.other_yuan) == (149300, 149300, None)
    assert project.purpose == "用于维修道路。"
    assert [(p.month, p.cumulative_pct) for p in records.spending_plan] == [(3, 25), (6, 50), (10, 75), (12, 100)]
    assert [o.objective_text for o in records.objectives] == ["修路", "养路"]
    assert [(i.level1, i.level2, i.indicator_raw) for i in records.indicators] == [
        ("产出指标", "数量指标", "修路里程"),
        ("产出指标", "时效指标", "完工时间"),
        ("满意度指标", "服务对象满意度指标", "群众满意度"),
    ]
    assert records.filing.unit_code == "482001"
    assert records.filing.township == "石桥镇"
    assert records.unread_cells == ()


def test_head_and_indicators_in_one_table_give_the_same() -> None:
    apart = transform(document("1.道路维修绩效目标表", HEAD, INDICATORS))
    together = transform(document("1.道路维修绩效目标表", [*HEAD, *INDICATORS]))
    strip = [(i.level1, i.level2, i.indicator_raw, i.target, i.basis) for i in apart.indicators]
    assert strip == [(i.level1, i.level2, i.indicator_raw, i.target, i.basis) for i in together.indicators]
    assert len(together.projects) == 1


def test_column_order_does_not_matter() -> None:
    order = [4, 2, 0, 5, 1, 3]
    merged = [row.split("|") for row in INDICATORS]
    for below, above in zip(merged[1:], merged, strict=False):
        below[0] = above[0] if below[0] == "^" else below[0]
    turned = [[row[i] for i in order] for row in merged]
    records = transform(document("1.道路维修绩效目标表", HEAD, grid(turned, table_no=2)))
    same = transform(document("1.道路维修绩效目标表", HEAD, INDICATORS))
    assert [(i.level1, i.level2, i.indicator_raw, i.target) for i in records.indicators] == [
        (i.level1, i.level2, i.indicator_raw, i.target) for i in same.indicators
    ]


FLAT = [
    "单位名称|项目名称|预算数（元）|年度目标|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|权重|指标方向性",
    "820-石桥镇部门||8,827,620.53||||||||",
    "820001-青山县石桥镇人民政府本级|道路维修|10,000.00|修路|产出指标|数量指标|修路里程|≥|5|公里|50|正向指标",
    "^|^|^|^|满意度指标|服务对象满意度指标|群众满意度|≥|95|%|50|正向指标",
    "820001-青山县石桥镇人民政府本级|环卫清洁|2.00|保洁|产出指标|质量指标|保洁质量|定性|优|-|100|正向指标",
]


def test_one_flat_table_holds_many_projects() -> None:
    records = transform(document("2023年部门预算项目绩效目标表", FLAT))
    assert [(p.project_name, p.budget_yuan) for p in records.projects] == [("道路维修", 10000), ("环卫清洁", 2)]
    assert [i.target.raw for i in records.indicators[:2]] == ["≥5公里", "≥95%"]
    assert records.indicators[2].target.target_kind == "grade"
    assert records.filing.unit_code == "820001"
    used = {(cell.row_no, cell.col_no): cell.use for cell in records.used_cells}
    assert used[2, 3] == "ignored:subtotal_row"
    assert used[3, 12] == "direction"


@pytest.mark.parametrize("numbers", ["1|2|3|4|5|6|7|8|9|10|11|12", "甲|乙|1|2|3|4|5|6|7|8|9|10"])
def test_a_row_that_numbers_the_columns_is_none_of_the_projects(numbers: str) -> None:
    records = transform(document("2023年部门预算项目绩效目标表", [FLAT[0], numbers, *FLAT[1:]]))
    assert [p.project_name for p in records.projects] == ["道路维修", "环卫清洁"]
    assert [i.target.raw for i in records.indicators[:2]] == ["≥5公里", "≥95%"]
    assert {c.use for c in records.used_cells if c.row_no == 2} == {"ignored:column_numbers"}


def test_rows_that_stand_in_a_table_of_their_own_below_the_heading_are_read() -> None:
    records = transform(document("2023年部门预算项目绩效目标表", FLAT[:1], "青山县石桥镇人民政府", FLAT[2:]))
    assert [p.project_name for p in records.projects] == ["道路维修", "环卫清洁"]
    assert len(records.indicators) == 3


@pytest.mark.parametrize("heading", ["绩效指标（指标内容及指标值）", "三级指标名称与目标值", "具体指标含指标值"])
def test_a_heading_that_asks_for_name_and_value_in_one_cell_is_read(heading: str) -> None:
    table = [
        f"一级指标|二级指标|{heading}|评价标准来源",
        "产出指标|数量指标|修建村道≥3公里|计划标准",
        "满意度指标|服务对象满意度指标|村民满意度≥90%|历史标准",
    ]
    records = transform(document("2023年项目绩效目标表", ["项目名称|村道修建"], table))
    assert [(i.indicator_raw, i.target.raw) for i in records.indicators] == [
        ("修建村道", "≥3公里"),
        ("村民满意度", "≥90%"),
    ]


def test_what_is_expected_of_this_year_is_the_target_beside_what_was_before() -> None:
    table = [
        "一级指标|二级指标|指标名称|指标值|^|^|依据",
        "^|^|^|前年|上年|预期当年实现值|^",
        "产出指标|数量指标|培训人次|≥60人次|≥70人次|≥80人次|计划标准",
        "满意度指标|服务对象满意度指标|学员满意度|≥90%|≥91%|≥92%|计划标准",
    ]
    records = transform(document("2023年项目绩效目标表", ["项目名称|技能培训"], table))
    assert [i.target.raw for i in records.indicators] == ["≥80人次", "≥92%"]


def test_a_flat_table_repeats_or_merges_project_cells() -> None:
    repeated = [row.split("|") for row in FLAT]
    repeated[3][:4] = repeated[2][:4]
    records = transform(document("2023年部门预算项目绩效目标表", grid(repeated)))
    assert len(records.projects) == 2


SELF = [
    "项目名称|<|道路维修|<|<|<|<|<|<",
    "项目资金（元）|<||年初预算数|全年预算数|全年执行数|分值|执行率|得分",
    "^|^|年度资金总额|100.00|120.00|90.00|10|75%|7.5",
    "^|^|其中：财政拨款|100.00|120.00|90.00|—|75%|—",
    "年度总体目标|预期目标|<|<|<|实际完成情况|<|<|<",
    "^|修路|<|<|<|已修路|<|<|<",
    "绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施",
    "^|产出指标|数量指标|修路里程|≥5公里|6公里|90|85|下雨",
    "总分|<|<|<|<|<|100|92.5|",
]


def test_a_self_evaluation_has_target_beside_actual() -> None:
    records = transform(document("项目支出绩效自评表", "（2023年度）", SELF))
    project, indicator = records.projects[0], records.indicators[0]
    assert records.filing.doc_kind == "self_evaluation"
    assert (project.budget_yuan, project.adjusted_yuan, project.executed_yuan) == (100, 120, 90)
    assert project.execution_rate_raw == "75%"
    assert (project.execution_weight, project.execution_score) == (10, Decimal("7.5"))
    assert (project.total_weight, project.total_score_raw) == (100, "92.5")
    assert indicator.actual is not None
    assert (indicator.target.raw, indicator.actual.raw, indicator.weight, indicator.score) == (
        "≥5公里",
        "6公里",
        90,
        85,
    )
    assert indicator.deviation_reason == "下雨"
    assert [o.objective_text for o in records.objectives] == ["修路"]
    assert records.unread_cells == ()


CUT = [
    "一级指标|二级指标|三级指标|指标值",
    "产出指标|数量指标|修路里程|≥5公里",
    "效益|社会效益指|群众出|明显改善",
    "指标|标|行便利程度|",
    "^|可持续影响指标|使用年限|≥10年",
]


def test_a_row_cut_by_a_page_break_is_one_row() -> None:
    records = transform(document("1.道路维修绩效目标表", HEAD, grid(CUT, table_no=2, page_starts=(3,))))
    assert [(i.level1, i.level2, i.indicator_raw, i.target.raw) for i in records.indicators] == [
        ("产出指标", "数量指标", "修路里程", "≥5公里"),
        ("效益指标", "社会效益指标", "群众出行便利程度", "明显改善"),
        ("效益指标", "可持续影响指标", "使用年限", "≥10年"),
    ]


def test_a_cut_row_whose_parts_complete_each_other() -> None:
    rows = [
        "一级指标|二级指标|三级指标|描述|指标值",
        "满意度指标|||满意的|≥95%",
        "|服务对象满意度指标|群众满意度|群众占比|",
    ]
    records = transform(document("1.道路维修绩效目标表", HEAD, grid(rows, table_no=2, page_starts=(2,))))
    found = records.indicators[0]
    assert (found.level2, found.indicator_raw, found.target.raw) == ("服务对象满意度指标", "群众满意度", "≥95%")
    assert len(records.indicators) == 1


def test_a_heading_printed_again_on_the_next_page_is_no_row() -> None:
    rows = [INDICATORS[0], INDICATORS[1], INDICATORS[0], "|时效指标|完工时间|时间|2023年12月31日完成|计划标准"]
    records = transform(document("1.道路维修绩效目标表", HEAD, grid(rows, table_no=2, page_starts=(2,))))
    assert [(i.level1, i.indicator_raw) for i in records.indicators] == [
        ("产出指标", "修路里程"),
        ("产出指标", "完工时间"),
    ]


def test_level_names_written_letter_under_letter_with_points() -> None:
    rows = [
        "一级指标|二级指标|三级指标|指标值|分值",
        "产\n出\n指\n标\n(40-50)分|数量指标|指标1：修路里程|≥5公里|50",
        "^|^|指标2：|……|",
    ]
    records = transform(document("1.道路维修绩效目标表", HEAD, grid(rows, table_no=2)))
    assert [(i.level1, i.indicator_raw) for i in records.indicators] == [("产出指标", "修路里程")]
    assert any(finding.rule == "filler_rows" for finding in records.findings)


def test_the_long_term_block_below_the_other_is_left_out() -> None:
    rows = [
        "长期绩效指标|一级指标|二级指标|三级指标|指标值",
        "^|产出指标|数量指标|修路里程|≥50公里",
        "年度绩效指标|一级指标|二级指标|三级指标|指标值",
        "^|产出指标|数量指标|修路里程|≥5公里",
    ]
    records = transform(document("1.道路维修绩效目标表", HEAD, grid(rows, table_no=2)))
    assert [i.target.raw for i in records.indicators] == ["≥5公里"]


def test_cells_of_unknown_columns_are_reported() -> None:
    rows = ["一级指标|二级指标|三级指标|指标值|神秘一栏", "产出指标|数量指标|修路里程|≥5公里|谜"]
    records = transform(document("1.道路维修绩效目标表", HEAD, grid(rows, table_no=2)))
    assert [(cell.row_no, cell.col_no, cell.text) for cell in records.unread_cells] == [(2, 5, "谜")]


def test_personal_data_is_not_kept() -> None:
    head = [*HEAD[:2], "项目负责人|某某某|联系电话|12345678901|<|<", *HEAD[2:]]
    records = transform(document("1.道路维修绩效目标表", head, INDICATORS))
    assert "12345678901" not in repr([records.projects, records.indicators, records.findings, records.unread_cells])
    assert any(cell.use == "ignored:personal_data" for cell in records.used_cells)


def test_other_tables_become_no_indicators() -> None:
    other = ["项目|预算数|增减变化原因", "公务接待费|0.20|厉行节约"]
    records = transform(document("“三公”经费预算表", other, "1.道路维修绩效目标表", HEAD, INDICATORS))
    assert len(records.projects) == 1
    assert len(records.indicators) == 3


@pytest.mark.parametrize(
    ("blocks", "reason"),
    [
        (["关于开会的通知"], Reason.NO_PERFORMANCE_TABLE),
        ([["收入项目|预算数", "拨款|1.00"]], Reason.NO_PERFORMANCE_TABLE),
        ([HEAD, INDICATORS[:1]], Reason.EMPTY_TABLE),
        (["产出指标 数量指标 修路里程 ≥5公里 效益指标 社会效益指标 满意度指标"], Reason.TEXT_RUN_TOGETHER),
    ],
)
def test_a_filing_without_rows_is_refused_with_its_reason(blocks: list[str | list[str]], reason: Reason) -> None:
    with pytest.raises(RejectedFile) as refused:
        transform(document(*blocks))
    assert refused.value.reason is reason


def test_money_without_a_unit_is_not_loaded() -> None:
    head = ["项目名称|道路维修", "年度资金总额|5000", "绩效目标|修路"]
    records = transform(document(head, INDICATORS))
    assert records.projects[0].budget_yuan is None
    assert records.projects[0].budget_raw == "5000"
    assert [f.rule for f in records.findings if f.rule == "money_unit_missing"] == ["money_unit_missing"]


STEPWISE = [
    "单位名称、项目名称|项目年度绩效目标|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|指标属性|指标内容",
    "石桥镇人民政府|||||||||",
    "  道路维修|修路||||||||",
    "||产出指标|||||||",
    "|||数量指标||||||",
    "||||修路里程|>=|5|公里|定量指标|修路的里程",
    "||||管护里程|>=|9|公里|定量指标|管护的里程",
    "||满意度指标|||||||",
    "|||服务对象满意度指标||||||",
    "||||群众满意度|>=|95|%|定量指标|满意的比例",
    "  环卫清洁|保洁||||||||",
    "||产出指标|||||||",
    "|||质量指标||||||",
    "||||保洁合格率|>=|95|%|定量指标|合格的比例",
]


@pytest.mark.parametrize("page_start", [None, 2, 5, 7, 8, 10, 11, 12, 13])
def test_projects_and_levels_may_stand_on_rows_of_their_own(page_start: int | None) -> None:
    starts = (page_start,) if page_start else ()
    records = transform(document("2023年项目支出绩效目标表", grid(STEPWISE, page_starts=starts)))
    assert [p.project_name for p in records.projects] == ["道路维修", "环卫清洁"]
    assert [(i.project_no, i.level1, i.level2, i.indicator_raw, i.description) for i in records.indicators] == [
        (1, "产出指标", "数量指标", "修路里程", "修路的里程"),
        (1, "产出指标", "数量指标", "管护里程", "管护的里程"),
        (1, "满意度指标", "服务对象满意度指标", "群众满意度", "满意的比例"),
        (2, "产出指标", "质量指标", "保洁合格率", "合格的比例"),
    ]
    assert [o.objective_text for o in records.objectives] == ["修路", "保洁"]
    assert records.unread_cells == ()


@pytest.mark.parametrize(
    "bands",
    [
        ("项目1：道路维修　　预算金额：30万元|<|<|<", "项目2：环卫清洁|<|<|<"),
        ("一、道路维修|<|<|<", "二、环卫清洁|<|<|<"),
    ],
)
def test_bands_across_a_table_part_its_projects(bands: tuple[str, str]) -> None:
    rows = [
        "一级指标|二级指标|三级指标|指标值",
        bands[0],
        "产出指标|数量指标|修路里程|≥5公里",
        "^|质量指标|合格率|≥95%",
        "小计|<|<|2项",
        bands[1],
        "产出指标|数量指标|清运次数|≥9次",
        "注：1.以上指标由镇政府负责。|<|<|<",
    ]
    records = transform(document("石桥镇2024年项目绩效指标一览表", rows))
    assert [p.project_name for p in records.projects] == ["道路维修", "环卫清洁"]
    assert [(i.project_no, i.level1, i.level2, i.indicator_raw) for i in records.indicators] == [
        (1, "产出指标", "数量指标", "修路里程"),
        (1, "产出指标", "质量指标", "合格率"),
        (2, "产出指标", "数量指标", "清运次数"),
    ]
    assert records.unread_cells == ()


def test_bands_of_level_1_are_no_projects() -> None:
    rows = [
        "一级指标|二级指标|三级指标|指标值",
        "一、产出指标|<|<|<",
        "|数量指标|修路里程|≥5公里",
        "二、满意度指标|<|<|<",
        "|服务对象满意度指标|满意度|≥95%",
    ]
    records = transform(document("1.道路维修绩效目标表", rows))
    assert [p.project_name for p in records.projects] == ["道路维修"]
    assert [(i.level1, i.indicator_raw) for i in records.indicators] == [
        ("产出指标", "修路里程"),
        ("满意度指标", "满意度"),
    ]


INFORMATION = [
    "项目信息|一级指标|二级指标|三级指标|年度指标值",
    ["项目名称：道路维修\n预算金额：30万元\n年度目标：修路", "产出指标", "数量指标", "修路里程", "≥5公里"],
    ["^", "^", "质量指标", "合格率", "≥95%"],
    ["项目名称：环卫清洁\n预算金额：5万元\n年度目标：保洁", "产出指标", "数量指标", "清运次数", "≥9次"],
]


def test_a_cell_beside_the_indicators_may_hold_all_facts_of_a_project() -> None:
    records = transform(document("2024年项目绩效目标表", grid(INFORMATION)))
    assert [(p.project_name, p.budget_yuan) for p in records.projects] == [("道路维修", 300000), ("环卫清洁", 50000)]
    assert [(i.project_no, i.indicator_raw) for i in records.indicators] == [
        (1, "修路里程"),
        (1, "合格率"),
        (2, "清运次数"),
    ]
    assert [o.objective_text for o in records.objectives] == ["修路", "保洁"]
    assert records.unread_cells == ()


def test_the_facts_of_a_project_may_stand_in_several_tables() -> None:
    blocks: list[str | list[str]] = []
    for name, amount in (("道路维修", "30"), ("环卫清洁", "5")):
        blocks += ["1.项目基本信息", [f"项目名称|{name}|项目类别|特定目标类"]]
        blocks += ["2.项目预算（单位：万元）", ["资金总额|" + amount, "其中：财政拨款|" + amount]]
        blocks += ["3.绩效目标", ["年度绩效目标|完成" + name], "4.绩效指标", INDICATORS]
    records = transform(document(*blocks))
    assert [(p.project_name, p.budget_yuan, p.fiscal_yuan) for p in records.projects] == [
        ("道路维修", 300000, 300000),
        ("环卫清洁", 50000, 50000),
    ]
    assert [o.objective_text for o in records.objectives] == ["完成道路维修", "完成环卫清洁"]
    assert [i.project_no for i in records.indicators] == [1, 1, 1, 2, 2, 2]


BARE = [
    "项目名称|<|道路维修|<|<",
    "项目预算（万元）|<|30|<|<",
    "绩效指标|产出指标|数量指标|修路里程|≥5公里",
    "^|^|质量指标|合格率|≥95%",
    "^|^|时效指标|完工时间|2024年12月底前",
    "^|效益指标|社会效益指标|出行条件|明显改善",
    "^|满意度指标|服务对象满意度指标|满意度|≥90%",
]


def test_indicators_may_stand_without_a_heading() -> None:
    records = transform(document("2024年项目绩效目标表", BARE))
    assert [(p.project_name, p.budget_yuan) for p in records.projects] == [("道路维修", 300000)]
    assert [(i.level1, i.level2, i.indicator_raw, i.target.raw) for i in records.indicators] == [
        ("产出指标", "数量指标", "修路里程", "≥5公里"),
        ("产出指标", "质量指标", "合格率", "≥95%"),
        ("产出指标", "时效指标", "完工时间", "2024年12月底前"),
        ("效益指标", "社会效益指标", "出行条件", "明显改善"),
        ("满意度指标", "服务对象满意度指标", "满意度", "≥90%"),
    ]
    assert records.unread_cells == ()


def test_cells_that_do_not_tell_the_columns_are_not_guessed() -> None:
    rows = ["数量指标|修路里程|≥5公里|≥6公里", "质量指标|合格率|≥95%|≥96%", "时效指标|完工时间|12月底前|11月底前"]
    with pytest.raises(RejectedFile):
        transform(document("2024年项目绩效目标表", rows))


def test_a_list_of_projects_and_their_sums_is_no_head() -> None:
    listed = ["序号|项目名称|安排资金|资金来源", "1|道路维修|14.93|年初预算", "2|培训|12|年初预算", "|合计|26.93|"]
    records = transform(document("2023年", listed, "1.道路维修绩效目标表", HEAD, INDICATORS))
    assert [project.project_name for project in records.projects] == ["道路维修"]


def test_a_level_keeps_its_brackets_as_they_were_filed() -> None:
    rows = [INDICATORS[0], INDICATORS[1].replace("数量指标", "预算（或投资规模）控制指标"), *INDICATORS[2:]]
    records = transform(document("1.道路维修绩效目标表", HEAD, rows))
    assert records.indicators[0].level2 == "预算（或投资规模）控制指标"


FILLERS = [
    "一级指标|二级指标|三级指标|指标值|权重|备注",
    "产出指标|数量指标|修路里程|≥5公里|50|",
    "^|质量指标|指标1：|/|10|下年再定",
    "^|时效指标|……||0|",
    "^|成本指标||12||",
]


def test_a_filler_row_takes_no_letter_or_digit_with_it() -> None:
    records = transform(document("1.道路维修绩效目标表", HEAD, FILLERS))
    assert [(i.indicator_raw, i.target.raw) for i in records.indicators] == [("修路里程", "≥5公里"), ("成本指标", "12")]
    assert [cell.text for cell in records.unread_cells] == ["10", "下年再定"]
    assert "indicator_name_missing" in {finding.rule for finding in records.findings}


def test_the_parts_of_the_year_s_sum_stand_in_its_column() -> None:
    head = [
        "项目名称|道路维修|<|<|<|<",
        "资金（万元）|实施期总额|90|年度总额|30|",
        "^|其中：财政拨款|90|其中：财政拨款|28|",
        "^|其他资金|0|其他资金|2|",
    ]
    records = transform(document("2024年", [*head, *INDICATORS]))
    project = records.projects[0]
    assert (project.budget_yuan, project.fiscal_yuan, project.other_yuan) == (300000, 280000, 20000)
    assert records.doubts == () and records.unread_cells == ()


def test_the_filer_in_a_line_ends_where_another_label_begins() -> None:
    line = "填报单位：石桥镇人民政府（盖章）    填报日期：2024年1月5日"
    assert transform(document(line, [*HEAD, *INDICATORS])).filing.unit_name == "石桥镇人民政府"


def test_names_on_one_page_and_values_on_another_are_refused_for_what_they_are() -> None:
    names = [
        "序号|项目名称|一级指标|二级指标|三级指标",
        "1|道路维修|产出指标|数量指标|里程",
        "2|道路维修|产出指标|质量指标|合格率",
    ]
    values = ["序号|指标值|单位", "1|≥5|公里", "3|≥95|%"]  # numbers that are not the names': no halves of one sheet
    with pytest.raises(RejectedFile, match="没有一张既有指标名称又有指标值的表头"):
        transform(document("石桥镇2024年项目绩效目标", names, values))


def test_a_whole_department_s_form_is_asked_for_no_project_s_name() -> None:
    rows = ["部门名称|青山县水利局|<|<", "一级指标|二级指标|三级指标|指标值", "产出指标|数量指标|新建山塘|≥4处"]
    records = transform(document("青山县水利局2024年部门整体支出绩效目标表", rows))
    assert [p.project_name for p in records.projects] == ["部门整体支出"]
    assert not [finding for finding in records.findings if finding.rule == "project_name_missing"]
    named = transform(document("青山县水利局2024年绩效目标表", rows))
    assert [finding.rule for finding in named.findings] == ["project_name_missing"]
