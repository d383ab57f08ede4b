"""Rules about what a form states beside its records: sources, changes, periods, monitoring, grades, last year."""

from datetime import date
from decimal import Decimal

import pytest

from tests.sql.core_tables import Row, open_core, places, run_rule

UNIT = {"money_unit_raw": "万元"}


def _sum(fact: str, label: str, wan: str, no: int) -> Row:
    yuan = Decimal(wan) * 10000
    return {"fact": fact, "label": label, "said_raw": wan, "stated_yuan": yuan, "statement_no": no}


def _sources(*sums: tuple[str, str], fact: str = "source") -> list[Row]:
    return [_sum(fact, label, wan, no) for no, (label, wan) in enumerate(sums, start=1)]


def _project(budget: int, **more: object) -> Row:
    return {"budget_yuan": budget, "budget_raw": f"{budget / 10000:.2f}", **UNIT, **more}


@pytest.mark.parametrize(
    ("sums", "more", "fires"),
    [
        ([("中央资金", "20"), ("省级资金", "12"), ("县级资金", "10")], {}, True),
        ([("中央资金", "20"), ("省级资金", "12"), ("县级资金", "16")], {}, False),
        ([("中央资金", "30"), ("省级资金", "20")], {}, True),  # more than all of it
        ([("中央资金", "20"), ("省级资金", "12")], {}, False),  # the county's own has no line
        ([("中央资金", "20"), ("县级资金", "20")], {"other_yuan": 80000}, False),
        ([("中央资金", "20"), ("县级资金", "24")], {"carryover_yuan": 40000}, False),
        ([("上级资金", "20"), ("县级资金", "20")], {}, False),  # the levels above may be counted in part
        ([("市级资金", "20"), ("市级补助", "20")], {}, False),
        ([("其中：上级财政资金", "20"), ("本级财政资金", "20")], {}, True),
        ([("其中：上级财政资金", "20"), ("本级财政资金", "20")], {"other_yuan": 80000}, False),
        ([("上级资金", "20"), ("本级资金", "28")], {}, False),
        ([("上级资金", "20"), ("省级资金", "20"), ("本级资金", "20")], {}, False),  # the province's may be of 上级
    ],
)
def test_levels_make_up_the_total(sums: list[tuple[str, str]], more: dict[str, object], fires: bool) -> None:
    core = open_core(projects=[_project(480000, **more)], statements=_sources(*sums))
    assert bool(run_rule(core, "sources_not_total")) is fires


@pytest.mark.parametrize(("executed", "fires"), [(480000, True), (450000, False)])
def test_what_was_spent_of_the_levels_makes_up_what_was_spent(executed: int, fires: bool) -> None:
    spent = _sources(("中央资金", "20"), ("省级资金", "16"), ("县级资金", "9"), fact="source_executed")
    core = open_core(
        projects=[_project(480000, executed_yuan=executed, executed_raw=f"{executed / 10000:.2f}")], statements=spent
    )
    assert bool(run_rule(core, "sources_not_total")) is fires


@pytest.mark.parametrize(("part", "fires"), [("48", False), ("48.02", True), ("40", False)])
def test_of_no_part_more_is_spent_than_of_the_whole(part: str, fires: bool) -> None:
    spent = _sources(("当年财政拨款", part), fact="source_executed")
    core = open_core(projects=[_project(480000, executed_yuan=480000, executed_raw="48.00")], statements=spent)
    found = run_rule(core, "sources_not_total")
    assert [row[2] for row in found] == ([f"执行数 48.00，其中当年财政拨款 {part}，部分大于总数"] if fires else [])


@pytest.mark.parametrize(
    ("spending", "running", "projects", "fires"),
    [("468", "318", "150", False), ("486", "318", "168", True), ("468", "318", "140", True)],
)
def test_a_department_spends_what_it_takes_in(spending: str, running: str, projects: str, fires: bool) -> None:
    rows = [*_sources(("基本支出", running), ("项目支出", projects)), _sum("spending", "支出合计", spending, 3)]
    core = open_core(projects=[_project(4680000)], statements=rows)
    assert bool(run_rule(core, "spending_not_parts")) is fires


@pytest.mark.parametrize(
    ("label", "change", "adjusted", "fires"),
    [
        ("预算调整数", "5", 480000, True),
        ("预算调整数", "8", 480000, False),
        ("调减数", "8", 320000, False),
        ("调整金额", "-8", 320000, False),
    ],
)
def test_a_change_makes_the_adjusted_budget(label: str, change: str, adjusted: int, fires: bool) -> None:
    project = _project(400000, adjusted_yuan=adjusted, adjusted_raw=f"{adjusted / 10000:.2f}")
    core = open_core(projects=[project], statements=[_sum("change", label, change, 1)])
    assert bool(run_rule(core, "change_not_adjusted")) is fires


@pytest.mark.parametrize(("whole", "fires"), [("40", True), ("48", False), ("120", False)])
def test_the_whole_term_costs_no_less_than_a_year(whole: str, fires: bool) -> None:
    core = open_core(projects=[_project(480000)], statements=[_sum("whole_term", "项目总投资", whole, 1)])
    assert bool(run_rule(core, "whole_term_below_year")) is fires


@pytest.mark.parametrize(
    ("sums", "fires"),
    [
        (["10", "10", "10", "10"], True),
        (["12", "12", "12", "12"], False),
        (["12", "24", "36", "48"], False),  # added up
        (["12", "12"], False),  # not to the year's end
    ],
)
def test_planned_sums_make_up_the_budget(sums: list[str], fires: bool) -> None:
    quarters = ["一季度", "二季度", "三季度", "四季度"]
    rows = [_sum("planned_sum", quarters[no], wan, no + 1) for no, wan in enumerate(sums)]
    core = open_core(projects=[_project(480000)], statements=rows)
    assert bool(run_rule(core, "quarters_not_budget")) is fires


def _period(begin: date | None, end: date | None) -> Row:
    return {
        "fact": "period",
        "label": "实施期限",
        "said_raw": "期限",
        "date_from": begin,
        "date_to": end,
        "statement_no": 1,
    }


@pytest.mark.parametrize(
    ("begin", "end", "project", "fires"),
    [
        (date(2024, 9, 1), date(2024, 3, 31), {}, True),
        (date(2024, 3, 1), date(2024, 9, 30), {}, False),
        (date(2021, 3, 1), date(2022, 12, 31), {}, True),
        (date(2021, 3, 1), date(2022, 12, 31), {"is_carryover": True}, False),
        (date(2021, 3, 1), date(2022, 12, 31), {"purpose": "支付工程尾款"}, False),
        (date(2023, 3, 1), date(2026, 12, 31), {}, False),
        (date(2025, 1, 1), date(2025, 12, 31), {}, True),
        (None, date(2024, 12, 31), {}, False),
    ],
)
def test_a_period_goes_forward_and_meets_the_year(
    begin: date | None, end: date | None, project: dict[str, object], fires: bool
) -> None:
    core = open_core(projects=[_project(480000, **project)], statements=[_period(begin, end)])
    assert bool(run_rule(core, "period_reversed")) is fires


def _deadline(name: str, day: date) -> Row:
    target = {"target_raw": str(day), "target_kind": "date", "due_date": day}
    return {"indicator_raw": name, "level2_group": "时效", **target}


@pytest.mark.parametrize(
    ("name", "day", "fires"),
    [
        ("工程完工时间", date(2024, 12, 31), True),
        ("工程完工时间", date(2024, 10, 15), False),  # the 15 days' band
        ("工程完工时间", date(2024, 10, 16), True),
        ("竣工验收时间", date(2024, 12, 31), False),
        ("工程完工时间", date(2024, 1, 31), True),
    ],
)
def test_work_is_done_in_its_period(name: str, day: date, fires: bool) -> None:
    period = _period(date(2024, 4, 1), date(2024, 9, 30))
    core = open_core(projects=[_project(480000)], statements=[period], indicators=[_deadline(name, day)])
    assert bool(run_rule(core, "deadline_after_period")) is fires


@pytest.mark.parametrize(("end", "fires"), [(date(2025, 7, 31), False), (date(2024, 12, 31), True)])
def test_a_stated_period_carries_a_deadline_over_the_years_end(end: date, fires: bool) -> None:
    period = _period(date(2024, 9, 1), end)
    core = open_core(
        projects=[_project(480000)], statements=[period], indicators=[_deadline("活动结束时间", date(2025, 7, 10))]
    )
    assert bool(run_rule(core, "deadline_outside_year")) is fires


@pytest.mark.parametrize(("rate", "fires"), [(90, True), (75, False), (75.4, False)])
def test_a_sources_rate_is_reckoned(rate: float, fires: bool) -> None:
    rate_row = {
        **{"fact": "source_rate", "label": "县级资金", "said_raw": f"{rate}%", "said_kind": "percent"},
        **{"said_value_low": rate, "statement_no": 3},
    }
    rows = [_sum("source", "县级资金", "12", 1), _sum("source_executed", "县级资金", "9", 2), rate_row]
    core = open_core(projects=[_project(480000)], statements=rows)
    assert bool(run_rule(core, "source_rate_wrong")) is fires


@pytest.mark.parametrize(
    ("rate", "expected", "fires"),
    [("60%", "36", True), ("50%", "36", False), ("50%", "15", True), ("0.5", "36", False)],
)
def test_the_rate_so_far_is_reckoned(rate: str, expected: str, fires: bool) -> None:
    rows = [
        _sum("so_far_executed", "1—7月执行数", "18", 1),
        {"fact": "so_far_rate", "label": "1—7月执行率", "said_raw": rate, "statement_no": 2},
        _sum("expected_executed", "全年预计执行数", expected, 3),
    ]
    core = open_core(projects=[_project(360000)], statements=rows)
    assert bool(run_rule(core, "so_far_rate_wrong")) is fires


def _lamps(**more: object) -> Row:
    target = {"target_raw": "≥120盏", "target_kind": "quantity", "value_low": 120, "unit": "盏", "comparator": ">="}
    return {"indicator_raw": "安装路灯数量", "level2_group": "数量", "unit_family": "count:盏", **target, **more}


def _value(fact: str, value: int, label: str = "1—7月完成情况") -> Row:
    said = {"said_raw": f"{value}盏", "said_kind": "quantity", "said_value_low": value, "said_value_high": value}
    return {"indicator_no": 1, "fact": fact, "label": label, "said_unit_family": "count:盏", **said}


@pytest.mark.parametrize(("so_far", "expected", "fires"), [(130, 120, True), (66, 120, False), (120, 120, False)])
def test_a_year_does_not_lose_what_is_done(so_far: int, expected: int, fires: bool) -> None:
    rows = [_value("so_far", so_far), _value("expected", expected)]
    core = open_core(projects=[_project(360000)], indicators=[_lamps()], statements=rows)
    assert bool(run_rule(core, "so_far_contradicts")) is fires


@pytest.mark.parametrize(
    ("said", "day", "fires"),
    [
        ("2024年10月8日全部亮灯", date(2024, 10, 8), True),
        ("预计2024年10月8日亮灯", date(2024, 10, 8), False),
        ("2024年7月8日全部亮灯", date(2024, 7, 8), False),
    ],
)
def test_nothing_is_done_after_the_months_that_are_told(said: str, day: date, fires: bool) -> None:
    row = {
        **{"indicator_no": 1, "fact": "so_far", "label": "1—7月完成情况", "said_raw": said},
        **{"said_kind": "date", "said_due_date": day},
    }
    core = open_core(
        projects=[_project(360000)], indicators=[_deadline("亮灯时间", date(2024, 11, 20))], statements=[row]
    )
    assert bool(run_rule(core, "so_far_contradicts")) is fires


@pytest.mark.parametrize(
    ("expected", "is_sure", "reason", "fires"),
    [
        (90, True, None, True),
        (90, True, "农忙后开工", True),
        (90, False, "农忙后开工", False),
        (90, False, None, True),
        (120, True, None, False),
    ],
)
def test_a_target_that_will_be_missed_is_not_sure(
    expected: int, is_sure: bool, reason: str | None, fires: bool
) -> None:
    chance = {"indicator_no": 1, "fact": "chance", "label": "确定能" if is_sure else "有可能", "said_raw": "√"}
    core = open_core(
        projects=[_project(360000)],
        indicators=[_lamps(deviation_reason=reason)],
        statements=[_value("expected", expected, "全年预计完成情况"), chance],
    )
    assert bool(run_rule(core, "expected_below_target")) is fires


@pytest.mark.parametrize(
    ("score", "grade", "fires"),
    [(72, "优", True), (90, "优", False), (89.9, "优", True), (80, "良", False), (79, "良", True), (72, "合格", False)],
)
def test_a_grade_follows_the_points(score: float, grade: str, fires: bool) -> None:
    core = open_core(
        filings=[{"doc_kind": "self_evaluation"}],
        projects=[_project(360000, total_score=score, total_score_raw=str(score), total_weight=100)],
        statements=[{"fact": "grade", "label": "评价等级", "said_raw": grade}],
    )
    assert bool(run_rule(core, "grade_against_score")) is fires


def _level(points: int, project_no: int = 1) -> Row:
    said = {"said_raw": f"{points}分", "said_value_low": points}
    return {"project_no": project_no, "fact": "level1_points", "label": "产出指标", "statement_no": project_no, **said}


def test_a_level_has_the_points_that_it_states() -> None:
    rows = [{"indicator_no": no, "level1": "产出指标", "weight": 15} for no in (1, 2, 3)]
    assert len(run_rule(open_core(statements=[_level(50)], indicators=rows), "level_points_differ")) == 1
    assert run_rule(open_core(statements=[_level(45)], indicators=rows), "level_points_differ") == []
    blank = [*rows, {"indicator_no": 4, "level1": "产出指标"}]
    assert run_rule(open_core(statements=[_level(50)], indicators=blank), "level_points_differ") == []


def test_a_template_s_points_are_told_once() -> None:
    rows = [{"project_no": no, "indicator_no": 1, "level1": "产出指标", "weight": 45} for no in (1, 2, 3)]
    core = open_core(statements=[_level(50, no) for no in (1, 2, 3)], indicators=rows)
    assert places(core, "level_points_differ") == [(None, None)]


@pytest.mark.parametrize(
    ("name", "last", "now", "fires"),
    [
        ("助餐点持续运营率", 98, 70, True),
        ("助餐点持续运营率", 98, 90, False),
        ("漏损率", 10, 25, True),
        ("漏损率", 25, 10, False),
    ],
)
def test_a_rate_does_not_fall_far_below_last_year_s(name: str, last: int, now: int, fires: bool) -> None:
    target = {
        "target_raw": f"{now}%",
        "target_kind": "percent",
        "value_low": now,
        "unit": "%",
        "unit_family": "percent",
    }
    said = {"said_raw": f"{last}%", "said_kind": "percent", "said_value_low": last}
    core = open_core(
        indicators=[{"indicator_raw": name, "indicator": name, "level2_group": "质量", **target}],
        statements=[{"indicator_no": 1, "fact": "last_year", "label": "上年实际水平", **said}],
    )
    assert bool(run_rule(core, "below_last_year_stated")) is fires


@pytest.mark.parametrize(
    ("planned", "present", "fires"), [("45", "42", True), ("45", "39", False), ("39", "42", False)]
)
def test_staff_is_the_sum_of_its_kinds(planned: str, present: str, fires: bool) -> None:
    labels = {"编制人数": planned, "在职人数": present, "其中：行政": "14", "其中：事业": "25"}
    rows = [{"fact": "staff", "label": label, "said_raw": said} for label, said in labels.items()]
    core = open_core(projects=[_project(1000)], statements=rows)
    assert bool(run_rule(core, "staff_not_sum")) is fires


@pytest.mark.parametrize(
    ("kind", "others", "fires"), [("self_evaluation", 2, True), ("self_evaluation", 0, False), ("targets", 2, False)]
)
def test_points_without_a_result(kind: str, others: int, fires: bool) -> None:
    rows: list[Row] = [{"indicator_no": no, "actual_raw": "6个", "target_raw": "=6个"} for no in range(2, 2 + others)]
    rows += [{"indicator_no": 1, "target_raw": "=100%", "score": 13, "weight": 13}]
    core = open_core(filings=[{"doc_kind": kind}], indicators=rows)
    assert bool(run_rule(core, "actual_missing")) is fires


@pytest.mark.parametrize(("field", "fires"), [("other_yuan", True), ("fiscal_yuan", True), ("adjusted_yuan", False)])
def test_no_part_of_a_budget_is_negative(field: str, fires: bool) -> None:
    core = open_core(projects=[{"budget_yuan": 90000, field: -10000}])
    assert bool(run_rule(core, "budget_negative")) is fires


@pytest.mark.parametrize(("reason", "fires"), [(None, True), ("无", True), ("年中下放38项事项，下年调整目标", False)])
def test_a_result_far_above_its_target_that_is_explained(reason: str | None, fires: bool) -> None:
    done = {
        "actual_raw": "300盏",
        "actual_value_low": 300,
        "actual_unit_family": "count:盏",
        "deviation_reason": reason,
    }
    core = open_core(filings=[{"doc_kind": "self_evaluation"}], indicators=[_lamps(**done)])
    assert bool(run_rule(core, "target_set_too_low")) is fires


@pytest.mark.parametrize(
    ("weights", "execution", "fires"),
    [([50, 30, 5], 10, True), ([50, 30, 10], 10, False), ([50, 30, 10], None, False), ([50, 40, 10], 10, False)],
)
def test_points_for_spending_count_with_the_others(weights: list[int], execution: int | None, fires: bool) -> None:
    rows = [{"indicator_no": no, "weight": weight} for no, weight in enumerate(weights, start=1)]
    core = open_core(projects=[{"execution_weight": execution}], indicators=rows)
    assert bool(run_rule(core, "weights_not_100")) is fires
