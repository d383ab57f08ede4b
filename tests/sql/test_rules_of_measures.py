"""Rules that ask whether goals, names, explanations and prices of a project measure anything at all."""

from datetime import date

import pytest

from tests.sql.core_tables import Row, open_core, run_rule


def _row(no: int, group: str, name: str, target: str, **more: object) -> Row:
    row = {"indicator_no": no, "indicator_raw": name, "level2_group": group, "level2": f"{group}指标"}
    return {**row, "target_raw": target, **more}


def _bought(times: int) -> Row:
    return _row(1, "数量", "采购次数", f"≥{times}次", target_kind="quantity", unit="次", value_low=times)


def _price(yuan: int, name: str = "每次购买办公用品金额") -> Row:
    return _row(2, "成本", name, f"≤{yuan}元", target_kind="money", unit="元", value_high=yuan)


@pytest.mark.parametrize(("budget", "fires"), [(429000, True), (280000, False)])
def test_a_price_that_covers_little_of_the_budget(budget: int, fires: bool) -> None:
    core = open_core(projects=[{"budget_yuan": budget}], indicators=[_bought(20), _price(5000)])
    assert bool(run_rule(core, "cost_covers_little")) is fires


@pytest.mark.parametrize(
    ("rows", "fires"),
    [
        ([_price(300, "人均培训成本")], True),
        ([_row(1, "数量", "培训场次", "≥2场"), _price(300, "人均培训成本")], False),
        ([_row(1, "数量", "参训人次", "≥90人次"), _price(300, "人均培训成本")], False),
        ([_row(1, "数量", "宣传次数", "≥5次"), _price(3000)], True),
        ([_bought(5), _price(2000)], False),
        ([_price(600, "每人补助标准")], False),
    ],
)
def test_a_price_without_its_count(rows: list[Row], fires: bool) -> None:
    assert bool(run_rule(open_core(indicators=rows), "count_missing_for_cost")) is fires


@pytest.mark.parametrize(
    ("project", "other", "fires"),
    [
        ("统计专项业务工作经费", "产品合格率", True),
        ("统计专项业务工作经费", "统计报表及时率", False),
        ("办公设备购置", "产品合格率", False),
    ],
)
def test_a_project_is_not_its_purchases(project: str, other: str, fires: bool) -> None:
    rows = [_bought(5), _row(3, "质量", other, "≥95%")]
    core = open_core(projects=[{"project_name": project}], indicators=rows)
    assert bool(run_rule(core, "only_purchases_measured")) is fires


@pytest.mark.parametrize(
    ("goal", "fires"), [("用于村级办公经费支出", True), ("用于硬化道路3公里", False), ("保障24个村正常运转", False)]
)
def test_a_goal_is_not_a_use(goal: str, fires: bool) -> None:
    assert bool(run_rule(open_core(objectives=[{"objective_text": goal}]), "goal_says_use")) is fires


@pytest.mark.parametrize(("purpose", "fires"), [("用于开展统计工作，保障工作开展", True), ("用于统计调查", False)])
def test_a_goal_is_not_the_purpose_again(purpose: str, fires: bool) -> None:
    goal = {"objective_text": "用于开展统计工作，保障工作开展。"}
    assert (
        bool(run_rule(open_core(projects=[{"purpose": purpose}], objectives=[goal]), "goal_repeats_purpose")) is fires
    )


@pytest.mark.parametrize(("name", "fires"), [("购买办公用品", True), ("购买办公用品次数", False), ("发放比例", False)])
def test_a_name_says_what_is_measured(name: str, fires: bool) -> None:
    row = _row(1, "成本", name, "≤5000元", target_kind="money", unit="元", value_high=5000)
    assert bool(run_rule(open_core(indicators=[row]), "name_without_measure")) is fires


@pytest.mark.parametrize(
    ("descriptions", "fires"),
    [
        (("宣传次数", "维稳次数"), True),
        (("全年开展宣传的次数", "全年开展维稳的次数"), False),
        (("宣传次数", "全年开展维稳的次数"), False),
    ],
)
def test_an_explanation_says_more_than_the_name(descriptions: tuple[str, str], fires: bool) -> None:
    names = ("宣传次数", "维稳次数")
    rows = [
        _row(no, "数量", name, "≥5次", description=text)
        for no, (name, text) in enumerate(zip(names, descriptions, strict=True), 1)
    ]
    assert bool(run_rule(open_core(indicators=rows), "description_says_nothing")) is fires


@pytest.mark.parametrize(
    ("bases", "fires"),
    [
        (("工作需要", "工作需要"), 1),
        (("工作需要", "历史标准"), 0),
        (("行业标准", "工作标准"), 1),
        (("行业标准", "行业标准"), 0),
    ],
)
def test_a_basis_can_be_looked_up(bases: tuple[str, str], fires: int) -> None:
    grade = bases[0].endswith("标准")
    rows = [
        {**_row(1, "社会效益", "社会影响力" if grade else f"指标{no}", "优"), "target_kind": "grade", "basis": basis}
        | {"project_no": no}
        for no, basis in enumerate(bases, 1)
    ]
    assert len(run_rule(open_core(indicators=rows), "basis_says_nothing")) == fires


def test_goals_of_the_text_part_can_be_counted() -> None:
    def goals(text: str, count: int) -> list[Row]:
        return [
            {"goal_no": no, "title": f"工作{no}", "goal_text": "抓好落实", "indicator_text": text}
            for no in range(count)
        ]

    vague = "完成占工作任务的比例大于等于95%。"
    assert len(run_rule(open_core(narrative_goals=goals(vague, 3)), "narrative_measure_vague")) == 1
    assert run_rule(open_core(narrative_goals=goals(vague, 2)), "narrative_measure_vague") == []
    counted = "全年完成20项，占工作任务的比例大于等于95%。"
    assert run_rule(open_core(narrative_goals=goals(counted, 3)), "narrative_measure_vague") == []
    graded = [{"title": "会议管理", "goal_text": "做好保障，控制规模", "indicator_text": "会议质量的优良率达到良。"}]
    assert len(run_rule(open_core(narrative_goals=graded), "narrative_measure_vague")) == 1
    again = {"title": "干部队伍管理和干部教育培训", "goal_text": "加强干部队伍管理，干部教育培训"}
    assert len(run_rule(open_core(narrative_goals=[again]), "narrative_measure_vague")) == 1


@pytest.mark.parametrize(("text", "fires"), [("对付资金占应兑付额的比例", True), ("兑付资金占应兑付额的比例", False)])
def test_slips_that_change_the_meaning(text: str, fires: bool) -> None:
    goal = {"title": "优抚", "goal_text": text}
    assert bool(run_rule(open_core(narrative_goals=[goal]), "text_misspelt")) is fires


@pytest.mark.parametrize(
    ("name", "form", "target", "fires"),
    [
        ("溺水死亡人数", "正向指标", {"comparator": "=", "value_low": 0, "target_raw": "0人"}, True),
        ("溺水死亡人数", "反向指标", {"comparator": "=", "value_low": 0, "target_raw": "0人"}, False),
        ("溺水死亡人数", "正向指标", {"comparator": ">=", "value_low": 2, "target_raw": "≥2人"}, False),  # no witness
        ("家长满意度", "反向指标", {"comparator": ">=", "value_low": 92, "target_raw": "≥92%"}, True),
        ("某项情况", "反向指标", {"comparator": ">=", "value_low": 92, "target_raw": "≥92"}, False),
    ],
)
def test_the_form_s_own_column_contradicts_name_and_target(name: str, form: str, target: Row, fires: bool) -> None:
    row = {"indicator_raw": name, "indicator": name, "direction_raw": form, "target_kind": "quantity", **target}
    assert bool(run_rule(open_core(indicators=[row]), "direction_wrong")) is fires


@pytest.mark.parametrize(
    ("rule", "row", "fires"),
    [
        ("time_impossible", {"indicator_raw": "每日开馆时长", "unit": "小时", "value_low": 25}, True),
        ("time_impossible", {"indicator_raw": "每日开馆时长", "unit": "小时", "value_low": 8}, False),
        ("time_impossible", {"indicator_raw": "故障处理时长", "unit": "小时", "value_low": 48}, False),
        ("count_not_whole", {"indicator_raw": "聘用护林员", "unit": "人", "value_low": 12.5}, True),
        ("count_not_whole", {"indicator_raw": "聘用护林员", "unit": "人", "value_low": 12}, False),
        ("count_not_whole", {"indicator_raw": "村均护林员", "unit": "人", "value_low": 1.5}, False),
        ("count_not_whole", {"indicator_raw": "新修渠道", "unit": "公里", "value_low": 1.5}, False),
    ],
)
def test_figures_that_cannot_be(rule: str, row: Row, fires: bool) -> None:
    target = {"level2_group": "数量", "target_kind": "quantity", "target_raw": "≥1"}
    assert bool(run_rule(open_core(indicators=[target | row]), rule)) is fires


@pytest.mark.parametrize(
    ("reason", "score", "fires"),
    [
        ("因征地受阻尚未动工", 10, True),
        ("因征地受阻尚未动工", 4, False),
        ("无", 10, False),
        ("没有偏差", 10, False),
    ],
)
def test_full_marks_beside_a_reason_that_says_no(reason: str, score: int, fires: bool) -> None:
    row = {
        "indicator_raw": "泵站改造",
        "weight": 10,
        "score": score,
        "score_raw": f"{score}",
        "deviation_reason": reason,
    }
    assert bool(run_rule(open_core(indicators=[row]), "full_marks_unfinished")) is fires


@pytest.mark.parametrize(("actual", "fires"), [(3.2, True), (31500, False), (3200, False)])
def test_a_result_in_another_unit_of_money(actual: float, fires: bool) -> None:
    row = {"indicator_raw": "每座泵站造价", "target_kind": "money", "target_raw": "≤3.2万元/座", "value_high": 32000}
    row |= {"actual_kind": "money", "actual_value_low": actual, "actual_raw": f"{actual}元/座"}
    assert bool(run_rule(open_core(indicators=[row]), "actual_money_scale")) is fires


@pytest.mark.parametrize(
    ("goal", "fires"),
    [("修缮XX座泵站", True), ("修缮＿＿座泵站", True), ("修缮3座泵站", False), ("长×宽为2×3米的展板", False)],
)
def test_blanks_of_a_template(goal: str, fires: bool) -> None:
    assert bool(run_rule(open_core(objectives=[{"objective_text": goal}]), "placeholder_left")) is fires


@pytest.mark.parametrize(
    ("parts", "fires"),
    [
        ((("女学员", 70), ("党员", 60)), False),  # a woman may be a member
        ((("女学员", 130),), True),  # a part above the whole
        ((("上半年", 70), ("下半年", 60)), True),
        ((("上半年", 70), ("下半年", 50)), False),
    ],
)
def test_parts_that_overlap_are_not_added(parts: tuple[tuple[str, int], ...], fires: bool) -> None:
    count = {"level2_group": "数量", "target_kind": "quantity", "unit": "人", "comparator": "="}
    rows = [count | {"indicator_no": 1, "indicator_raw": "培训学员", "target_raw": "120人", "value_low": 120}]
    for number, (name, value) in enumerate(parts, start=2):
        rows.append(
            count
            | {"indicator_no": number, "indicator_raw": f"其中：{name}", "target_raw": f"{value}人", "value_low": value}
        )
    assert bool(run_rule(open_core(indicators=rows), "parts_above_whole")) is fires


@pytest.mark.parametrize(("purpose", "fires"), [("用于泵站看护", True), ("本年由市级资金统筹解决", False)])
def test_a_budget_of_nothing_that_says_why(purpose: str, fires: bool) -> None:
    project = {"budget_yuan": 0, "budget_raw": "0.00", "purpose": purpose}
    assert bool(run_rule(open_core(projects=[project]), "budget_zero")) is fires


@pytest.mark.parametrize(
    ("name", "day", "fires"),
    [
        ("四季度看护费发放时间", date(2025, 1, 20), False),
        ("泵站完工时间", date(2025, 1, 20), True),
        ("四季度看护费发放时间", date(2025, 6, 20), True),
    ],
)
def test_what_is_of_the_last_quarter_is_paid_in_january(name: str, day: date, fires: bool) -> None:
    row = {"indicator_raw": name, "due_date": day, "target_kind": "date", "target_raw": f"{day}前"}
    core = open_core(filings=[{"fiscal_year": 2024}], indicators=[row])
    assert bool(run_rule(core, "deadline_outside_year")) is fires


@pytest.mark.parametrize(
    ("kind", "day", "name", "fires"),
    [
        ("self_evaluation", date(2022, 11, 3), "泵站改造", True),
        ("self_evaluation", date(2023, 11, 3), "泵站改造", False),
        ("self_evaluation", date(2022, 11, 3), "泵站改造（结转）", False),
        ("targets", date(2022, 11, 3), "泵站改造", False),
    ],
)
def test_work_is_done_in_the_year_that_is_evaluated(kind: str, day: date, name: str, fires: bool) -> None:
    row = {"indicator_raw": "完工时间", "due_date": date(2023, 12, 1), "actual_due_date": day, "actual_raw": f"{day}"}
    core = open_core(
        filings=[{"fiscal_year": 2023, "doc_kind": kind}], projects=[{"project_name": name}], indicators=[row]
    )
    assert bool(run_rule(core, "actual_before_year")) is fires
