"""One small form for each kind of layout met in filings of public bodies, with the value that is right."""

from decimal import Decimal

from tests.transforms.grids import document
from transforms.filings import transform
from transforms.records import FilingRecords

TITLE = "2024年度项目支出绩效目标表"
INDICATORS = [
    "一级指标|二级指标|三级指标|指标值",
    "产出指标|数量指标|新栽行道树|≥40棵",
    "^|质量指标|成活率|≥90%",
    "满意度指标|服务对象满意度指标|居民满意度|≥85%",
]


def names(records: FilingRecords) -> list[str]:
    return [i.indicator_raw for i in records.indicators]


def test_this_year_s_sum_beats_the_whole_project_s_wherever_it_stands() -> None:
    for row in ("项目总预算（万元）|90|当年预算（万元）|30", "当年预算（万元）|30|项目总预算（万元）|90"):
        records = transform(document(TITLE, ["项目名称|绿化|<|<", row, *INDICATORS]))
        assert records.projects[0].budget_yuan == 300000
        assert records.doubts == ()


def test_two_sums_of_the_same_meaning_are_a_doubt_and_the_loser_is_unread() -> None:
    head = ["项目名称|绿化|<|<", "预算金额（万元）|30|资金总额（万元）|31"]
    records = transform(document(TITLE, [*head, *INDICATORS]))
    assert [(d.field, d.value_read, d.reason) for d in records.doubts] == [("budget_yuan", "30", "two_values")]
    assert [cell.text for cell in records.unread_cells] == ["31"]


def test_a_sum_for_the_whole_term_alone_is_taken_with_a_doubt_that_holds() -> None:
    records = transform(document(TITLE, ["项目名称|绿化|项目总投资|80万元", *INDICATORS]))
    assert records.projects[0].budget_yuan == 800000
    assert [d.reason for d in records.doubts] == ["whole_term_amount"]


def test_the_sums_of_a_small_table_by_stage_and_source() -> None:
    head = [
        "项目名称|<|绿化|<|<|<",
        "预算执行情况（10分）|年度预算数（万元）|年初预算|调整后预算数|预算执行数|预算执行率",
        "^|总额|30|32|31|96.9%",
        "^|其中：财政资金|28|30|30|100%",
    ]
    rows = [
        "绩效指标|一级指标|二级指标|三级指标|指标值|完成值",
        "^|产出指标|数量指标|新栽行道树|≥40棵|41棵",
        "^|^|质量指标|成活率|≥90%|93%",
    ]
    project = transform(document("2024年度项目支出绩效自评表", [*head, *rows])).projects[0]
    assert (project.budget_yuan, project.adjusted_yuan, project.executed_yuan) == (300000, 320000, 310000)
    assert (project.fiscal_yuan, project.purpose) == (280000, None)


def test_sources_as_columns_over_one_row_of_sums() -> None:
    head = [
        "项目名称|绿化|<|<|<",
        "项目资金来源|中央（万元）|县级（万元）|合计（万元）|执行数（万元）",
        "^|10|20|30|29",
        "一级指标|二级指标|三级指标|<|指标值",
        "产出指标|数量指标|新栽行道树|<|≥40棵",
        "满意度指标|服务对象满意度指标|居民满意度|<|≥85%",
    ]
    project = transform(document(TITLE, head)).projects[0]
    assert (project.budget_yuan, project.executed_yuan, project.purpose) == (300000, 290000, None)


def test_the_parts_below_what_was_spent_are_not_the_budget_s() -> None:
    head = ["项目名称|绿化|<|<", "预算数：|30|执行数：|20", "其中-财政拨款：|25|其中-财政拨款：|15"]
    records = transform(document("2024年度项目预算执行情况表", "单位：万元", [*head, *INDICATORS]))
    project = records.projects[0]
    assert (project.budget_yuan, project.executed_yuan, project.fiscal_yuan) == (300000, 200000, 250000)
    assert records.doubts == ()


def test_a_part_without_a_unit_is_counted_in_its_total_s() -> None:
    head = ["项目名称|绿化|<|<", "预算金额（万元）|30|<|<", "其中：财政拨款|25|<|<"]
    records = transform(document(TITLE, [*head, *INDICATORS]))
    assert records.projects[0].fiscal_yuan == 250000
    assert not [f for f in records.findings if f.rule == "money_unit_missing"]


def test_the_one_upper_source_that_makes_up_the_total_is_fiscal_money() -> None:
    head = ["项目名称|绿化|<|<", "资金情况（万元）|年度资金总额：30|<|<", "^|其中：省级资金30|<|<"]
    assert transform(document(TITLE, [*head, *INDICATORS])).projects[0].fiscal_yuan == 300000
    half = [*head[:2], "^|其中：省级资金12|<|<"]
    assert transform(document(TITLE, [*half, *INDICATORS])).projects[0].fiscal_yuan is None


def test_the_unit_may_stand_in_the_first_of_two_brackets() -> None:
    head = [
        "项目名称|绿化|<|<",
        "预算执行情况（万元）（20分）||预算数（A）|执行数（B）",
        "^|年度资金总额|30|29",
    ]
    project = transform(document("2024年度项目绩效自评表", [*head, *INDICATORS])).projects[0]
    assert (project.budget_yuan, project.executed_yuan) == (300000, 290000)


def test_a_code_glued_to_the_name_is_the_project_s_code() -> None:
    for name in ("13990124T000001234567-绿化", "[13990124R00000123456X]绿化", "13990124Y000001234567绿化"):
        project = transform(document(TITLE, [f"项目名称|{name}|<|<", *INDICATORS])).projects[0]
        assert project.project_name == "绿化"
        assert project.project_code is not None and project.project_code.startswith("13990124")
    plain = transform(document(TITLE, ["项目名称|2024年绿化|<|<", *INDICATORS])).projects[0]
    assert (plain.project_name, plain.project_code) == ("2024年绿化", None)


def test_the_name_of_the_inner_level_is_the_project_s() -> None:
    head = ["一级项目名称|城乡建设|二级项目名称|绿化", "预算申报数|30万元|资金性质|一般公共预算"]
    project = transform(document(TITLE, [*head, *INDICATORS])).projects[0]
    assert (project.project_name, project.budget_yuan, project.fiscal_yuan) == ("绿化", 300000, None)


def test_a_section_s_title_is_no_objective() -> None:
    rows = [
        "年度绩效目标|<|<|<",
        "基本信息|<|<|<",
        "部门名称：|青禾县园林站|<|<",
        "年度绩效目标|<|<|<",
        "年度绩效总目标|树木成荫|<|<",
        *INDICATORS,
    ]
    records = transform(document("2024年度", rows))
    assert [o.objective_text for o in records.objectives] == ["树木成荫"]


def test_a_goal_as_planned_and_as_reached_side_by_side() -> None:
    rows = [
        "项目名称|绿化|<|<",
        "目标完成情况|预期目标|<|实际完成目标",
        "^|栽树成荫|<|已经完成",
        *INDICATORS,
    ]
    records = transform(document("2024年度项目绩效目标完成情况表", rows))
    assert [o.objective_text for o in records.objectives] == ["栽树成荫"]


def test_signs_of_two_rows_above_a_total_are_signs() -> None:
    rows = [
        "项目名称|绿化|<|<|<|<|<",
        "一级指标|二级指标|三级指标|指标性质|指标值|度量单位|权重",
        "产出指标|数量指标|新栽行道树|≥|40|棵|60",
        "产出指标|成本指标|每棵造价|≤|300|元|40",
        "合计|<|<|<|<|<|100",
        "评价结论|较好|<|<|<|<|<",
        "存在问题|2处死亡|<|<|<|<|<",
    ]
    records = transform(document("2024年度项目支出绩效自评表", rows))
    assert [i.target.comparator for i in records.indicators] == [">=", "<="]
    assert [i.target.value_high for i in records.indicators] == [None, 300]


def test_an_unknown_column_never_takes_the_role_of_the_band_above_it() -> None:
    rows = [
        "项目名称|绿化|<|<|<",
        "绩效指标|<|<|<|<",
        "一级指标|二级指标|三级指标|指标值类型|指标值",
        "产出指标|数量指标|新栽行道树|定量|40棵",
        "效益指标|社会效益指标|居住环境|定性|改善",
    ]
    assert names(transform(document(TITLE, rows))) == ["新栽行道树", "居住环境"]
    rows[2] = "一级指标|二级指标|三级指标|口径代码|指标值"
    records = transform(document(TITLE, rows))
    assert names(records) == ["新栽行道树", "居住环境"]
    assert [cell.text for cell in records.unread_cells] == ["定量", "定性"]


def test_indicators_without_level_columns() -> None:
    rows = [
        "单位名称|青禾县园林站|<|<|<|<|<|<|<|<",
        "指标名称|计量单位|指标性质|年初指标值|调整指标值|全年完成值|得分系数（%）|指标权重（分）|指标得分（分）|是否核心指标",
        "新栽行道树|棵|定量指标|≥40棵||41棵|100%|50|50|是",
        "制度健全性||定性指标|高||高|100%|40|40|否",
    ]
    records = transform(document("2024年度部门整体绩效自评表", rows))
    assert names(records) == ["新栽行道树", "制度健全性"]
    assert records.filing.doc_kind == "self_evaluation"
    assert [(i.weight, i.actual.raw if i.actual else None) for i in records.indicators] == [(50, "41棵"), (40, "高")]


def test_a_target_changed_in_the_course_of_the_year_is_a_doubt() -> None:
    rows = [
        "项目名称|绿化|<|<|<|<",
        "一级指标|二级指标|三级指标|年初指标值|调整指标值|全年完成值",
        "产出指标|数量指标|新栽行道树|≥40棵|≥30棵|31棵",
        "产出指标|质量指标|成活率|≥90%||93%",
    ]
    records = transform(document("2024年度项目支出绩效自评表", rows))
    assert [(d.indicator_no, d.field, d.reason) for d in records.doubts] == [(1, "target_raw", "two_values")]


def test_level_names_stay_where_the_headings_put_them() -> None:
    rows = [
        "项目名称|绿化|<|<",
        "一级指标|二级指标|三级指标|指标值",
        "实施效果指标|产出指标|新栽行道树|40棵",
        "^|^|成活率|≥90%",
        "^|效益指标|覆盖率提高|≥2%",
    ]
    found = transform(document(TITLE, rows)).indicators
    assert [(i.level1, i.level2) for i in found[::2]] == [("实施效果指标", "产出指标"), ("实施效果指标", "效益指标")]


def test_a_value_merged_down_counts_for_each_row_it_covers() -> None:
    rows = ["项目名称|绿化|<|<", *INDICATORS[:1], "产出指标|数量指标|补栽次数|≥4次", "^|^|修剪次数|^"]
    found = transform(document(TITLE, rows)).indicators
    assert [i.target.value_low for i in found] == [4, 4]


def test_the_sign_in_the_name_s_bracket_is_the_target_s() -> None:
    rows = [
        "项目名称|绿化|<|<",
        INDICATORS[0],
        "产出指标|质量指标|成活率（≥**%）|85",
        "^|成本指标|每亩投入（≤**元）|600",
        "^|数量指标|新栽行道树（≥**棵）|＝40棵",
    ]
    found = [i.target for i in transform(document(TITLE, rows)).indicators]
    assert [(t.comparator, t.value_low, t.value_high, t.unit) for t in found] == [
        (">=", 85, None, "%"),
        ("<=", None, 600, "元"),
        ("=", 40, 40, "棵"),
    ]
    assert found[0].raw == "85"


def test_a_value_of_no_more_than_sign_and_unit_is_not_filled_in() -> None:
    rows = ["项目名称|绿化|<|<", INDICATORS[0], "产出指标|数量指标|道路长度|公里", "^|质量指标|合格率|≧ %"]
    records = transform(document(TITLE, rows))
    assert [i.target.target_kind for i in records.indicators] == [None, None]
    assert [f.rule for f in records.findings] == ["target_filler", "target_filler"]


def test_a_target_at_the_end_of_the_name_counts_beside_a_blank_value() -> None:
    rows = ["项目名称|绿化|<|<", INDICATORS[0], "产出指标|质量指标|成活率达到90%以上|", "^|数量指标|养护道路|2条"]
    records = transform(document(TITLE, rows))
    target = records.indicators[0].target
    assert (target.comparator, target.value_low, target.unit) == (">=", Decimal(90), "%")
    assert "target_target_from_name" in [f.rule for f in records.findings]


def test_the_period_in_a_heading_s_bracket_is_no_unit() -> None:
    rows = [
        "项目名称|绿化|<|<|<|<|<",
        "一级指标|二级指标（长期）|三级指标（长期）|指标值（长期）|二级指标（年度）|三级指标（年度）|指标值（年度）",
        "产出指标||||数量指标|新建小游园|2",
        "产出指标||||质量指标|成活率|90%",
    ]
    assert [i.target.unit for i in transform(document(TITLE, rows)).indicators] == [None, "%"]


def test_points_stand_where_their_heading_does_and_attributes_end_no_table() -> None:
    rows = [
        "项目名称|绿化|<|<|<|<",
        "一级指标|二级指标|三级指标|参考分值|指标值|得分",
        "项目决策|项目立项|相关性|5|按标准执行|5",
        "^|^|可行性|3|符合实际|3",
        "项目产出|数量指标|年度支出总额|90|≥20万元|90",
    ]
    found = transform(document("2024年度项目支出绩效自评表", rows)).indicators
    assert [(i.indicator_raw, i.weight) for i in found] == [("相关性", 5), ("可行性", 3), ("年度支出总额", 90)]


def test_two_heading_rows_of_sums_after_any_columns() -> None:
    rows = [
        "序号|单位名称|项目名称|预算金额|<|年度绩效目标|绩效指标|<|<|<",
        "^|^|^|合计|财政拨款|^|一级指标|二级指标|三级指标|指标值",
        "1|青禾县园林站|绿化|30|28|树木成荫|产出指标|数量指标|新栽行道树|≥40棵",
        "^|^|^|^|^|^|效益指标|社会效益指标|居住环境|改善",
    ]
    records = transform(document("2024年部门预算项目绩效目标表", "金额单位：万元", rows))
    assert [(p.project_name, p.budget_yuan, p.fiscal_yuan) for p in records.projects] == [("绿化", 300000, 280000)]


def test_two_heading_rows_of_a_text_export_that_leaves_merged_places_blank() -> None:
    from tests.transforms.grids import grid

    rows = [
        "项目名称|绿化",
        "绩效指标|年度指标值|实际完成值|分值|得分",
        "一级指标|二级指标|三级指标|指标性质|指标值|度量单位|||",
        "产出指标|数量指标|新栽行道树|≥|40|棵|41|60|60",
        "|质量指标|成活率|≥|90|%|93|40|40",
    ]
    table = grid(rows)
    short = {0: 2, 1: 5}
    table = type(table)(
        1, table.n_rows, table.n_cols, tuple(c for c in table.cells if c.col < short.get(c.row, 9)), table.row_pages
    )
    records = transform(document("2024年度项目支出绩效自评表", table))
    assert records.filing.doc_kind == "self_evaluation"
    assert [(i.weight, i.actual.raw if i.actual else None) for i in records.indicators] == [(60, "41"), (40, "93")]
    assert records.unread_cells == ()


def test_the_form_s_own_direction_is_kept() -> None:
    rows = [
        "项目名称|绿化|<|<|<",
        "一级指标|二级指标|三级指标|指标值|指标方向性",
        "产出指标|数量指标|新栽行道树|40棵|正向指标",
        "^|质量指标|死亡率|5%|反向指标",
    ]
    assert [i.direction_raw for i in transform(document(TITLE, rows)).indicators] == ["正向指标", "反向指标"]


def test_a_row_that_lost_its_side_label_is_read_by_the_order_of_its_cells() -> None:
    rows = [
        "项目名称|<|绿化|<|<|<",
        "绩效指标|一级指标|二级指标|三级指标|分值|指标值",
        "^|产出指标|数量指标|新栽行道树|60|≥40棵",
        "效益指标|社会效益指标|居住环境|40|改善|",
    ]
    found = transform(document("2024年度项目支出绩效自评表", rows)).indicators
    assert [(i.level1, i.level2, i.indicator_raw, i.weight, i.target.raw) for i in found] == [
        ("产出指标", "数量指标", "新栽行道树", 60, "≥40棵"),
        ("效益指标", "社会效益指标", "居住环境", 40, "改善"),
    ]


def test_a_page_s_end_that_is_a_project_s_end_joins_nothing() -> None:
    from tests.transforms.grids import grid

    rows = [
        "项目名称|年度绩效目标|一级指标|二级指标|三级指标|指标值",
        "绿化|树木成荫|产出指标|数量指标|新栽行道树|≥40棵",
        "^|^|满意度指标|服务对象满意度指标|居民满意度|≥85%",
        "养路|道路畅通|产出指标|数量指标|养护里程|≥12公里",
        "^|^|满意度指标|服务对象满意度指标|行人满意度|≥80%",
    ]
    records = transform(document("2024年项目绩效目标表", grid(rows, page_starts=(3,))))
    assert [p.project_name for p in records.projects] == ["绿化", "养路"]
    assert [o.objective_text for o in records.objectives] == ["树木成荫", "道路畅通"]


def test_results_of_some_months_are_neither_the_budget_nor_unread() -> None:
    rows = [
        "项目名称|<|绿化|<|<|<|<",
        "项目资金（万元）|<|资金类别|年初预算数|1-8月执行数|1-8月执行率|全年预计执行数",
        "^|<|年度资金总额：|30|20|66.7%|30",
        "^|<|其中：财政拨款|28|20|71.4%|28",
        "绩效指标|一级指标|二级指标|三级指标|年度指标值|1-8月执行情况|完成目标可能性",
        "^|产出指标|数量指标|新栽行道树|≥40棵|20棵|确定能",
        "^|^|质量指标|成活率|≥90%|95%|有可能",
    ]
    records = transform(document("2024年度项目绩效目标执行监控表", rows))
    project = records.projects[0]
    assert (project.budget_yuan, project.fiscal_yuan, project.executed_yuan) == (300000, 280000, None)
    assert records.filing.doc_kind == "monitoring"
    assert records.unread_cells == ()


def test_both_levels_under_one_heading() -> None:
    rows = [
        "项目名称|<|绿化|<",
        "评价内容|<|绩效目标内容|目标值",
        "产出|数量目标|新栽行道树|40棵",
        "^|质量目标|成活率|90%",
        "效益|社会效益目标|居住环境|改善",
    ]
    found = transform(document("2013年度财政支出项目绩效目标申报表", rows)).indicators
    assert [(i.level1, i.level2, i.level2_group) for i in found] == [
        ("产出", "数量目标", "数量"),
        ("产出", "质量目标", "质量"),
        ("效益", "社会效益目标", "社会效益"),
    ]


def test_values_of_earlier_years_are_not_what_was_reached() -> None:
    rows = [
        "项目名称|绿化|<|<|<|<",
        "一级指标|二级指标|三级指标|2022年完成值|2023年预计值|2024年目标值",
        "产出指标|数量指标|新栽行道树|30棵|35棵|≥40棵",
        "^|质量指标|成活率|80%|85%|≥90%",
    ]
    records = transform(document(TITLE, rows))
    assert records.filing.doc_kind == "targets"
    assert [(i.target.raw, i.actual) for i in records.indicators] == [("≥40棵", None), ("≥90%", None)]


def test_columns_of_other_words() -> None:
    rows = [
        "项目名称|绿化|<|<|<",
        "指标类别|具体内容|计算单位|上年实绩|本年计划",
        "数量指标|新栽行道树|棵|30|≥40",
        "质量指标|成活率|%|85|90",
        "社会效益指标|居住环境||较好|更好",
    ]
    found = transform(document(TITLE, rows)).indicators
    assert [(i.indicator_raw, i.target.unit, i.level2) for i in found] == [
        ("新栽行道树", "棵", "数量指标"),
        ("成活率", "%", "质量指标"),
        ("居住环境", None, "社会效益指标"),
    ]


def test_title_unit_and_money_rows_inside_the_table() -> None:
    rows = [
        "青禾县2024年项目支出绩效目标申报表|<|<|<",
        "（2024年度）|<|<|<",
        "单位：柳林镇人民政府|<|金额单位：万元|<",
        "项目名称|绿化|<|<",
        "资金总额|30|其中：财政拨款|30",
        *INDICATORS,
    ]
    records = transform(document(rows))
    assert [(p.project_name, p.budget_yuan) for p in records.projects] == [("绿化", 300000)]
    assert (records.filing.unit_name, records.filing.township) == ("柳林镇人民政府", "柳林镇")
    assert records.unread_cells == ()


def test_sums_in_one_numbered_sentence() -> None:
    head = ["项目名称|绿化|<|<", "项目资金|1.申请总额30万元；2.其中：财政拨款28万元；3.其他资金2万元|<|<"]
    project = transform(document(TITLE, [*head, *INDICATORS])).projects[0]
    assert (project.budget_yuan, project.fiscal_yuan, project.other_yuan) == (300000, 280000, 20000)
    assert project.purpose is None


def test_sums_glued_to_their_stages_in_one_row() -> None:
    head = ["项目名称|绿化|<|<", "项目资金（万元）|年度资金总额|年初预算30|全年预算32"]
    project = transform(document(TITLE, [*head, *INDICATORS])).projects[0]
    assert (project.budget_yuan, project.adjusted_yuan) == (300000, 320000)


def test_name_and_value_in_one_column_whatever_its_heading() -> None:
    rows = [
        "项目名称|绿化|<",
        "一级指标|二级指标|绩效指标",
        "产出指标|数量指标|新栽行道树：≥40棵",
        "^|质量指标|成活率：力争达到90%以上",
        "满意度指标|服务对象满意度指标|居民满意度：≥85%",
    ]
    found = transform(document(TITLE, rows)).indicators
    assert [(i.indicator_raw, i.target.value_low) for i in found] == [
        ("新栽行道树", 40),
        ("成活率", 90),
        ("居民满意度", 85),
    ]


def test_a_cost_table_of_several_years_gives_neither_a_purpose_nor_the_year() -> None:
    rows = [
        "项目名称|绿化|<|<",
        "支出内容|2022年|2023年|2024年",
        "苗木费|8|9|12",
        *INDICATORS,
    ]
    records = transform(document("2024年度项目支出绩效目标表", rows))
    assert records.filing.fiscal_year == 2024
    assert records.projects[0].purpose is None


def test_a_person_beside_the_unit_is_not_kept() -> None:
    rows = ["项目名称|绿化|<|<", "填报单位|柳林镇人民政府  填报人：某某  电话：000|<|<", *INDICATORS]
    assert transform(document(TITLE, rows)).projects[0].unit_name == "柳林镇人民政府"


def test_before_and_after_a_change_with_no_more_words() -> None:
    rows = [
        "项目名称|绿化|<|<|<",
        "一级指标|二级指标|三级指标|调整前|调整后",
        "产出指标|数量指标|新栽行道树|≥40棵|≥30棵",
        "^|质量指标|成活率|≥90%|≥90%",
    ]
    found = transform(document("2024年度预算绩效目标调整表", rows)).indicators
    assert [i.target.raw for i in found] == ["≥30棵", "≥90%"]
