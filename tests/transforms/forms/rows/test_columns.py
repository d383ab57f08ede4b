from tests.transforms.grids import document, grid
from transforms.filings import transform
from transforms.forms.rows.columns import find_heading


def roles(rows: list[str], row: int = 0) -> list[str] | None:
    heading = find_heading(grid(rows), row)
    return [column.role for column in heading.columns] if heading else None


def test_six_columns_of_the_hebei_form() -> None:
    rows = [
        "一级指标|二级指标|三级指标|绩效指标描述|指标值|指标值确定依据",
        "产出指标|数量指标|采购次数|次数|≥5次|计划标准",
    ]
    assert roles(rows) == ["level1", "level2", "name", "description", "value", "basis"]


def test_the_side_label_is_not_the_name() -> None:
    rows = ["绩效指标|一级指标|二级指标|三级指标|指标值", "^|产出指标|数量指标|采购次数|≥5次"]
    assert roles(rows) == ["side", "level1", "level2", "name", "value"]


def test_the_name_column_may_be_called_like_a_side_label() -> None:
    rows = ["一级指标|二级指标|绩效指标|指标值", "产出指标|数量指标|采购次数|≥5次"]
    assert roles(rows) == ["level1", "level2", "name", "value"]


def test_a_standard_is_a_basis_or_a_description_by_its_contents() -> None:
    basis = ["一级指标|二级指标|三级指标|指标值及单位|绩效标准", "产出指标|数量指标|采购次数|≥5次|计划标准"]
    described = [
        "一级指标|二级指标|三级指标|绩效标准|当年预期实现值",
        "产出指标|数量指标|采购次数|反映采购的次数情况|≥5次",
    ]
    assert roles(basis) == ["level1", "level2", "name", "value", "basis"]
    assert roles(described) == ["level1", "level2", "name", "description", "value"]


def test_a_property_is_a_sign_only_where_signs_stand_below() -> None:
    signs = ["一级指标|二级指标|三级指标|指标性质|指标值|度量单位", "产出指标|数量指标|采购次数|≥|5|次"]
    words = ["一级指标|二级指标|三级指标|指标性质|指标值", "产出指标|数量指标|采购次数|定量|≥5次"]
    assert roles(signs) == ["level1", "level2", "name", "sign", "value", "unit"]
    assert roles(words) == ["level1", "level2", "name", "attribute", "value"]


def test_of_two_periods_side_by_side_the_year_is_kept() -> None:
    rows = [
        "一级指标|长期绩效指标|<|<|年度绩效指标|<|<",
        "^|二级指标|三级指标|指标值|二级指标|三级指标|指标值",
        "产出指标|数量指标|采购次数|≥50次|数量指标|采购次数|≥5次",
    ]
    heading = find_heading(grid(rows), 0)
    assert heading is not None
    assert heading.last == 1
    assert heading.column("value").start == 6  # type: ignore[union-attr]
    assert {column.start for column in heading.ignored} == {1, 2, 3}


def test_four_grades_below_one_heading() -> None:
    rows = [
        "职责活动|年度预算数|绩效指标|评价标准|<|<|<",
        "^|^|^|优|良|中|差",
        "环境整治|8.07|清运量|≥9吨|≥8吨|≥7吨|<7吨",
    ]
    assert roles(rows) == [
        *("project_name", "budget", "name"),
        *("grade_excellent", "grade_good", "grade_medium", "grade_poor"),
    ]


def test_budget_tables_have_no_indicator_heading() -> None:
    assert roles(["收入项目|预算数|支出项目|预算数", "拨款|1.00|服务|1.00"]) is None
    assert roles(["项目|预算数|增减变化原因", "公务接待费|0.20|厉行节约"]) is None
    assert roles(["序号|项目名称|预算数", "1|环卫清洁|2.00"]) is None


def test_a_column_full_of_level_names_is_that_level_whatever_its_heading() -> None:
    types = ["指标类型|指标名称|目标值", "数量指标|采购次数|≥5次", "质量指标|合格率|≥95%", "满意度指标|满意度|≥95%"]
    both = ["指标类别|指标类型|指标名称|目标值", "产出指标|数量指标|采购次数|≥5次", "效益指标|社会效益指标|治安|优"]
    goals = ["评价内容|绩效目标|绩效内容|绩效标准", "产出目标|数量目标|采购次数|≥5次", "效果目标|社会效益目标|治安|优"]
    assert roles(types) == ["level2", "name", "value"]
    assert roles(both) == ["level1", "level2", "name", "value"]
    assert roles(goals) == ["level1", "level2", "name", "value"]


def test_the_project_goal_of_a_flat_table_is_no_level() -> None:
    rows = ["项目名称|绩效目标|一级指标|二级指标|三级指标|指标值", "道路|完成指标|产出指标|数量指标|里程|≥5公里"]
    assert roles(rows) == ["project_name", "goal", "level1", "level2", "name", "value"]


def test_signs_may_stand_below_a_direction_and_bases_below_a_standard_of_scoring() -> None:
    signs = ["二级指标|三级指标|指标方向|目标值|计量单位", "数量指标|采购次数|≥|5|次", "质量指标|质量|定性|优|"]
    words = ["二级指标|三级指标|指标方向|目标值|计量单位", "数量指标|采购次数|正向|5|次"]
    basis = ["二级指标|三级指标|指标值|评分标准", "数量指标|采购次数|≥5次|计划标准", "质量指标|质量|优|历史标准"]
    assert roles(signs) == ["level2", "name", "sign", "value", "unit"]
    assert roles(words) == ["level2", "name", "direction", "value", "unit"]
    assert roles(basis) == ["level2", "name", "value", "basis"]


def test_contents_beside_names_are_the_description() -> None:
    beside = ["二级指标|三级指标|指标值|指标内容", "数量指标|采购次数|≥5次|全年采购的次数"]
    alone = ["一级指标|二级指标|指标内容|指标值", "产出指标|数量指标|采购次数|≥5次"]
    assert roles(beside) == ["level2", "name", "value", "description"]
    assert roles(alone) == ["level1", "level2", "name", "value"]


def test_a_lone_standard_of_assessment_is_the_basis() -> None:
    lone = ["二级指标|三级指标|指标值|评价标准", "数量指标|采购次数|≥5次|计划标准"]
    grades = ["二级指标|三级指标|评价标准|<", "^|^|优|良", "数量指标|采购次数|5次|4次"]
    assert roles(lone) == ["level2", "name", "value", "basis"]
    assert roles(grades) == ["level2", "name", "grade_excellent", "grade_good"]


def test_the_value_of_the_whole_period_gives_way_to_the_years() -> None:
    heading = find_heading(grid(["二级指标|三级指标|实施周期指标值|年度指标值", "数量指标|采购次数|15次|≥5次"]), 0)
    assert heading is not None and [column.heading for column in heading.ignored] == ["实施周期指标值"]


def test_the_unit_of_a_band_counts_for_the_sums_below_it() -> None:
    records = transform(
        document(
            "2024年项目绩效目标批复表",
            [
                "序号|项目名称|预算金额（万元）|<|绩效指标|<|<|<",
                "^|^|合计|财政拨款|一级指标|二级指标|三级指标|指标值",
                "1|文化演出|72.87|70.33|产出指标|数量指标|送戏场次|≥16场",
                "^|^|^|^|^|质量指标|审核通过率|=100%",
                "2|饮水维修|23.45|21.67|产出指标|数量指标|维修水源井|8眼",
                "^|^|^|^|^|质量指标|达标率|≥97%",
            ],
        )
    )
    assert [(p.project_name, p.budget_yuan, p.fiscal_yuan) for p in records.projects] == [
        ("文化演出", 728700, 703300),
        ("饮水维修", 234500, 216700),
    ]


def test_a_goal_that_speaks_of_a_period_is_no_heading_of_one() -> None:
    records = transform(
        document(
            "2024年",
            [
                "项目名称|森林防火|<|<",
                "年度总体目标|全年不发生较大火灾|<|<",
                "一级指标|二级指标|三级指标|年度指标值",
                "产出指标|数量指标|护林员人数|12人",
                "^|质量指标|巡查覆盖率|≥95%",
            ],
        )
    )
    assert [o.objective_text for o in records.objectives] == ["全年不发生较大火灾"]


def test_of_two_unknown_columns_of_measures_neither_is_taken_for_the_promise() -> None:
    below = ["产出指标|数量指标|采购次数|≥5次|4次", "产出指标|质量指标|合格率|≥95%|93%"]
    assert roles(["一级指标|二级指标|三级指标|拟定刻度|口径甲", *below]) is None
    places = ["level1", "level2", "name", "places", "places"]
    assert roles(["一级指标|二级指标|三级指标|石臼镇|泉头乡", *below]) == places
