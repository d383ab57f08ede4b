"""Rules that set texts, dates and parts of one project beside each other: each fires, and leaves the like alone."""

from datetime import date

import pytest

from tests.sql.core_tables import Row, open_core, run_rule


def _count(no: int, name: str, value: float | None, unit: str = "人", **more: object) -> Row:
    row = {"indicator_no": no, "indicator_raw": name, "level2_group": "数量", "target_kind": "quantity", "unit": unit}
    return {**row, "value_low": value, "target_raw": f"{value:g}{unit}" if value is not None else None, **more}


def _dated(no: int, name: str, day: date) -> Row:
    return {"indicator_no": no, "indicator_raw": name, "due_date": day, "target_kind": "date", "target_raw": f"{day}"}


BUDGET = {"budget_yuan": 360000, "fiscal_yuan": 360000, "budget_raw": "36.00", "money_unit_raw": "万元"}


@pytest.mark.parametrize(
    ("purpose", "fires"),
    [
        ("安排资金38.50万元，用于道路硬化", True),
        ("安排资金36万元，用于道路硬化", False),
        ("总投资120万元，分三年实施，本年安排资金40万元", False),
        ("用于道路硬化，带动增收5万元", False),
        ("安排资金20万元用于材料，16万元用于人工", False),
    ],
)
def test_the_amount_of_the_purpose(purpose: str, fires: bool) -> None:
    assert bool(run_rule(open_core(projects=[{**BUDGET, "purpose": purpose}]), "purpose_amount_differs")) is fires


@pytest.mark.parametrize(
    ("counted", "fires"),
    [
        (_count(1, "保洁员人数", 24, comparator="="), True),
        (_count(1, "保洁员人数", 18, comparator="="), False),
        (_count(1, "保洁员人数", 15, comparator=">="), False),
        (_count(1, "受益群众人数", 2400, comparator=">="), False),
    ],
)
def test_the_number_of_the_purpose(counted: Row, fires: bool) -> None:
    core = open_core(projects=[{**BUDGET, "purpose": "用于18名村级保洁员全年工资"}], indicators=[counted])
    assert bool(run_rule(core, "purpose_count_differs")) is fires


@pytest.mark.parametrize(("parts", "fires"), [((2, 2), True), ((2, 1), False), ((1, 1), False)])
def test_parts_of_a_whole(parts: tuple[int, int], fires: bool) -> None:
    rows = [
        _count(1, "硬化道路长度", 3, "公里"),
        _count(2, "其中：主干道", parts[0], "公里"),
        _count(3, "其中：巷道", parts[1], "公里"),
    ]
    assert bool(run_rule(open_core(indicators=rows), "parts_above_whole")) is fires


@pytest.mark.parametrize(
    ("name", "target", "fires"),
    [
        ("受益村民人数", "≥-620人", True),
        ("单位油耗增长率", "≤-3%", False),
        ("培训人数", "100-200人", False),
        ("完成时间", "2024-12-31", False),
        ("库房温度", "≤-18度", False),
    ],
)
def test_numbers_below_nothing(name: str, target: str, fires: bool) -> None:
    core = open_core(indicators=[{"indicator_raw": name, "target_raw": target, "target_kind": "quantity"}])
    assert bool(run_rule(core, "number_negative")) is fires


@pytest.mark.parametrize(
    ("name", "fires"),
    [("单台采购价格", True), ("单台采购价格（万元）", False), ("采购数量", False), ("成本节约率", False)],
)
def test_a_price_without_its_unit(name: str, fires: bool) -> None:
    core = open_core(indicators=[{"indicator_raw": name, "target_raw": "≤2.8", "target_kind": "quantity"}])
    assert bool(run_rule(core, "cost_unit_missing")) is fires


def test_work_begins_before_it_ends() -> None:
    start, end = date(2024, 9, 1), date(2024, 6, 30)
    wrong = [_dated(1, "开工时间", start), _dated(2, "完工时间", end)]
    assert run_rule(open_core(indicators=wrong), "dates_in_wrong_order") != []
    right = [_dated(1, "开工时间", end), _dated(2, "完工时间", start)]
    assert run_rule(open_core(indicators=right), "dates_in_wrong_order") == []
    staged = [*wrong, _dated(3, "工程完工时间", date(2024, 12, 1))]
    assert run_rule(open_core(indicators=staged), "dates_in_wrong_order") == []


@pytest.mark.parametrize(
    ("goal", "project", "fires"),
    [
        ("完成2022年度培训任务", {}, True),
        ("完成2024年度培训任务", {}, False),
        ("完成2022年度工程，2024年内结清", {}, False),
        ("完成2022年度培训任务", {"is_carryover": True}, False),
        ("在2022年基础上继续提高", {}, False),
    ],
)
def test_a_goal_of_an_earlier_year(goal: str, project: Row, fires: bool) -> None:
    core = open_core(projects=[{**BUDGET, **project}], objectives=[{"objective_text": goal}])
    assert bool(run_rule(core, "goal_of_another_year")) is fires


def test_a_plan_with_a_month_left_empty() -> None:
    def plans(*own: tuple[int, ...]) -> list[Row]:
        return [
            {"project_no": number, "month": month, "cumulative_pct": 8 * month, "pct_raw": "…"}
            for number, months in enumerate(own, 1)
            for month in months
        ]

    whole = (3, 6, 10, 12)
    gap = open_core(spending_plan=plans(whole, whole, (3, 10, 12)))
    assert [(found[0], found[2]) for found in run_rule(gap, "spending_plan_gap")] == [(3, "6月底的累计支出没有填写")]
    assert run_rule(open_core(spending_plan=plans(whole, whole, (2, 5, 8, 11))), "spending_plan_gap") == []
    assert run_rule(open_core(spending_plan=plans(whole, (6, 12))), "spending_plan_gap") == []


@pytest.mark.parametrize(
    ("target", "actual", "fires"),
    [
        (("公里", "length"), ("人", "count:人"), True),
        (("元/台", "money/台"), ("元", "money"), False),
        (("个", "count:个"), ("处", "count:处"), False),
    ],
)
def test_units_of_what_was_reached(target: tuple[str, str], actual: tuple[str, str], fires: bool) -> None:
    row = {"indicator_raw": "某", "target_raw": "甲", "actual_raw": "乙", "target_kind": "quantity"}
    row |= {"actual_kind": "quantity", "unit": target[0], "unit_family": target[1]}
    core = open_core(indicators=[row | {"actual_unit": actual[0], "actual_unit_family": actual[1]}])
    assert bool(run_rule(core, "actual_unit_differs")) is fires


@pytest.mark.parametrize(("name", "fires"), [("学员满意度", True), ("任务完成率", False), ("产值增长率", False)])
def test_shares_that_were_reached(name: str, fires: bool) -> None:
    row = {"indicator_raw": name, "target_kind": "percent", "value_low": 90, "actual_kind": "percent"}
    core = open_core(indicators=[row | {"actual_value_low": 105, "actual_raw": "105%"}])
    assert bool(run_rule(core, "actual_rate_above_100")) is fires


@pytest.mark.parametrize(
    ("purpose", "fires"), [("18名保洁员全年工资", True), ("防火期5个月，18名", False), ("工资", False)]
)
def test_a_price_for_a_month_is_paid_as_long_as_the_project_says(purpose: str, fires: bool) -> None:
    price = {"indicator_no": 2, "indicator_raw": "保洁员工资标准", "level2_group": "成本", "target_kind": "money"}
    price |= {"unit": "元/人·月", "value_high": 1700, "target_raw": "≤1700元/人·月", "comparator": "<="}
    project = {"budget_yuan": 216000, "purpose": purpose}
    core = open_core(projects=[project], indicators=[_count(1, "保洁员人数", 18), price])
    assert bool(run_rule(core, "unit_cost_exceeds_budget")) is fires


@pytest.mark.parametrize(
    ("goal", "fires"),
    [
        ("硬化村内道路5公里", True),
        ("硬化村内道路3公里", False),
        ("硬化3公里，绿化5公里", False),
        ("整治河道5公里", False),
        ("完成5公里村庄主干道硬化", True),
    ],
)
def test_the_length_of_the_goal(goal: str, fires: bool) -> None:
    core = open_core(objectives=[{"objective_text": goal}], indicators=[_count(1, "硬化道路长度", 3, "公里")])
    assert bool(run_rule(core, "goal_count_differs")) is fires


def _narrated(title: str, text: str) -> Row:
    return {"section": "goal", "title": title, "goal_text": text, "indicator_text": "按要求完成"}


@pytest.mark.parametrize(
    ("goals", "figures"),
    [
        ([_narrated("河道清淤", "清理沟渠"), _narrated("敬老院运营", "照料特困老人")], None),
        (
            [_narrated("河道清淤", "清理沟渠"), _narrated("档案整理", "档案入库")],
            "分项绩效目标“档案整理”在各项目的名称、用途和目标中没有相应内容；"
            "项目“敬老院运转经费”在文字部分的分项绩效目标中没有相应内容",
        ),
        ([_narrated("水利", "清理沟渠"), _narrated("民政", "安排资金12.60万元，照料老人")], None),  # by its amount
        ([_narrated("档案整理", "档案入库")], None),  # one goal lists nothing
    ],
)
def test_goals_and_projects_are_about_each_other(goals: list[Row], figures: str | None) -> None:
    projects = [
        {"project_no": 1, "project_name": "沟渠清淤工程", "purpose": "用于河道清淤"},
        {"project_no": 2, "project_name": "敬老院运转经费", "purpose": "用于敬老院运转", "budget_yuan": 126000},
    ]
    rows = [{"goal_no": number, **goal} for number, goal in enumerate(goals, start=1)]
    found = run_rule(open_core(projects=projects, narrative_goals=rows), "goals_apart_from_projects")
    assert [row[2] for row in found] == ([figures] if figures else [])
