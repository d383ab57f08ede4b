"""Review rules one by one: where each fires, and where it must not."""

import csv
import re
from datetime import date

import pytest

from tests.sql.core_tables import RULES, Row, open_core, places, rule_path, run_rule

NUMBERS = [
    {"target_kind": "quantity", "value_low": 24, "unit": "个"},
    {"target_kind": "money", "value_high": 7500, "unit": "元"},
]


def _indicator(
    no: int, group: str, raw: str, target: str = "", project_no: int = 1, **more: object
) -> dict[str, object]:
    """Make an indicator row; ``target`` is parsed just enough for a test ("≥95%", "≤7500元", "=8个", "优")."""
    parsed: dict[str, object] = {"target_raw": target or None}
    if found := re.fullmatch(r"(≥|≤|=)(\d+(?:\.\d+)?)(.+)", target):
        sign, number, unit = found.group(1), float(found.group(2)), found.group(3)
        kind = "percent" if unit == "%" else "money" if unit.startswith("元") else "quantity"
        family = {"percent": "percent", "money": "money"}.get(kind, f"count:{unit}")
        parsed |= {
            "target_kind": kind,
            "comparator": {"≥": ">=", "≤": "<="}.get(sign, "="),
            "unit": unit,
            "unit_family": family,
        }
        parsed |= {"value_low": number if sign in "≥=" else None, "value_high": number if sign in "≤=" else None}
    elif target:
        parsed |= {"target_kind": "grade" if target in ("优", "良") else "text"}
    level1 = {"数量": "产出指标", "质量": "产出指标", "时效": "产出指标", "成本": "产出指标", "满意度": "满意度指标"}
    row = {
        "project_no": project_no,
        "indicator_no": no,
        "level1": level1.get(group, "效益指标"),
        "level2": "服务对象满意度指标" if group == "满意度" else f"{group}指标",
        "level2_group": group,
        "indicator_raw": raw,
        "indicator": raw,
    }
    return {**row, **parsed, **more}


FULL = [
    _indicator(1, "数量", "保障村级数", "≥24个"),
    _indicator(2, "质量", "村级正常运转率", "≥95%"),
    _indicator(3, "时效", "工作完成时间", "2024年12月31日", target_kind="date", due_date=date(2024, 12, 31)),
    _indicator(4, "成本", "每村分配金额", "≤7500元"),
    _indicator(5, "社会效益", "社会影响力", "优"),
    _indicator(6, "满意度", "满意度", "≥95%"),
]
GOAL = {"objective_text": "确保全镇24个村工作的正常运转"}
PROJECT = {
    "budget_yuan": 180000,
    "budget_raw": "18.00",
    "money_unit_raw": "万元",
    "project_code": "13020823P00000310006D",
}


def test_a_sound_project_has_no_findings_at_all() -> None:
    core = open_core(
        filings=[{"division_code": "130208"}],
        projects=[PROJECT | {"fiscal_yuan": 180000, "other_yuan": 0}],
        indicators=FULL,
        objectives=[GOAL],
        spending_plan=[
            {"month": 6, "cumulative_pct": 50, "pct_raw": "50%"},
            {"month": 12, "cumulative_pct": 100, "pct_raw": "100%"},
        ],
        narrative_goals=[
            {"goal_text": "充分利用预算资金18.00万元，指导全镇24个村工作。", "indicator_text": "完成率大于等于90%"}
        ],
    )
    found = {path.stem: run_rule(core, path.stem) for path in sorted(RULES.rglob("*.sql"), key=lambda path: path.stem)}
    assert {rule: rows for rule, rows in found.items() if rows} == {}


def test_missing_parts_of_a_project_are_named() -> None:
    core = open_core(projects=[PROJECT, {"project_no": 2}], indicators=FULL, objectives=[GOAL])
    assert run_rule(core, "project_incomplete") == [
        (2, None, "项目编码、预算数、绩效目标、绩效指标", None, "村级运转经费")
    ]


def test_a_form_without_codes_misses_none() -> None:
    core = open_core(projects=[PROJECT | {"project_code": None}], indicators=FULL, objectives=[GOAL])
    assert run_rule(core, "project_incomplete") == []


@pytest.mark.parametrize(
    ("rule", "kept", "figures"),
    [
        ("output_or_benefit_missing", (1, 2, 3, 4, 6), "效益指标"),
        ("output_or_benefit_missing", (5, 6), "产出指标"),
        ("satisfaction_missing", (1, 2, 3, 4, 5), "共5条指标，满意度指标0条"),
        ("output_groups_missing", (1, 4, 5, 6), "质量指标、时效指标"),
    ],
)
def test_missing_levels(rule: str, kept: tuple[int, ...], figures: str) -> None:
    rows = [row for row in FULL if row["indicator_no"] in kept]
    assert [found[2] for found in run_rule(open_core(indicators=rows), rule)] == [figures]
    assert run_rule(open_core(indicators=FULL), rule) == []


def test_either_level_tells_that_output_and_benefit_are_there() -> None:
    """A form with one level only, or with a level 2 of its own words, has them all the same."""
    by_level1 = [row | {"level2": None, "level2_group": None} for row in FULL]
    assert run_rule(open_core(indicators=by_level1), "output_or_benefit_missing") == []
    by_level2 = [row | {"level1": None} for row in FULL]
    assert run_rule(open_core(indicators=by_level2), "output_or_benefit_missing") == []


def test_cost_is_asked_of_building_and_buying_only() -> None:
    rows = [row for row in FULL if row["level2_group"] != "成本"]
    assert places(open_core(projects=[{"project_name": "村内道路硬化工程"}], indicators=rows), "cost_missing") == [
        (1, None)
    ]
    assert places(open_core(projects=[{"project_name": "村级运转经费"}], indicators=rows), "cost_missing") == []


def test_empty_targets_fire_and_parent_rows_do_not() -> None:
    rows = [
        _indicator(1, "数量", "甲", "……"),
        _indicator(2, "数量", "★补助人数"),
        _indicator(3, "数量", "其中：脱贫户", "≥5户"),
        _indicator(4, "数量", "乙"),
    ]
    assert places(open_core(indicators=rows), "target_empty") == [(1, 1), (1, 4)]


@pytest.mark.parametrize(
    ("weights", "fires"),
    [((50, 50), False), ((50, 40), False), ((50, 30), True), ((None, None), False), ((60, 50), True)],
)
def test_weights(weights: tuple[int | None, int | None], fires: bool) -> None:
    rows = [_indicator(no, "数量", f"甲{no}", "≥5个", weight=weight) for no, weight in enumerate(weights, start=1)]
    assert bool(run_rule(open_core(indicators=rows), "weights_not_100")) is fires


def test_a_name_met_twice_under_one_level_is_reported_once() -> None:
    rows = [
        _indicator(1, "数量", "采购次数", "≥5次"),
        _indicator(2, "数量", "采购 次数", "≥6次"),
        _indicator(3, "成本", "采购次数", "≤6元"),
    ]
    assert places(open_core(indicators=rows), "name_repeated") == [(1, 2)]


@pytest.mark.parametrize(
    ("level1", "group", "fires"),
    [
        ("产出指标", "数量", False),
        ("成本指标", "成本", False),
        ("投入", "时效", False),
        ("产出指标", "社会效益", True),
        ("效果指标", "生态效益", False),
        ("效益指标", "满意度", True),
        ("项目完成指标", "质量", False),
        ("项目完成指标", "社会效益", True),
        ("重点工作", "数量", False),
    ],
)
def test_level_pairs(level1: str, group: str, fires: bool) -> None:
    core = open_core(indicators=[_indicator(1, group, "甲", "优", level1=level1)])
    assert bool(run_rule(core, "level_pair_illegal")) is fires


def test_what_a_form_prints_under_benefits_is_no_wrong_pair() -> None:
    printed = {"level1": "效益指标", "level2": "社会公众或服务对象满意度指标"}
    core = open_core(indicators=[_indicator(1, "满意度", "学校满意度", "≥95%", **printed)])
    assert not run_rule(core, "level_pair_illegal")


def test_two_taxonomies_in_one_document() -> None:
    rows = [_indicator(1, "成本", "甲", "≤5元"), _indicator(1, "成本", "乙", "≤5元", 2, level1="成本指标")]
    assert len(run_rule(open_core(indicators=rows), "taxonomy_mixed")) == 1
    assert run_rule(open_core(indicators=rows[:1]), "taxonomy_mixed") == []


def test_satisfaction_outside_its_group() -> None:
    rows = [
        _indicator(1, "可持续影响", "交通事故处理群众满意度（%）持续发展率", "优"),
        _indicator(2, "满意度", "群众满意度", "≥95%"),
    ]
    assert places(open_core(indicators=rows), "satisfaction_outside_its_group") == [(1, 1)]
    assert places(open_core(indicators=rows), "name_doubled") == [(1, 1)]


def test_a_copied_topic_fires_only_where_the_project_does_not_know_it() -> None:
    rows = [_indicator(1, "数量", "交通事故处理数量", "≥5件"), _indicator(1, "数量", "交通事故处理数量", "≥5件", 2)]
    projects = [{"project_name": "统计工作经费"}, {"project_no": 2, "project_name": "交通安全劝导经费"}]
    assert places(open_core(projects=projects, indicators=rows), "topic_foreign") == [(1, 1)]


def test_an_indicator_is_copied_from_three_projects_on() -> None:
    def rows(count: int, group: str = "满意度") -> list[Row]:
        return [_indicator(1, group, "满意度", "≥95%", number) for number in range(1, count + 1)]

    def core(rows: list[Row]) -> list[object]:
        return list(
            run_rule(open_core(projects=[{"project_no": n} for n in range(1, 12)], indicators=rows), "indicator_copied")
        )

    assert core(rows(2)) == []
    assert core(rows(11, "时效")) == []
    (found,) = core(rows(11))
    assert found[2:] == ("11个项目中有11个", 11.0, "满意度：≥95%（第1、2、3、4、5、6、7、8、9、10、11个项目）")  # type: ignore[index]


def test_goals_copied_between_projects() -> None:
    rows = [
        {"objective_text": "维持社会稳定。"},
        {"project_no": 2, "objective_text": "维持社会稳定"},
        {"project_no": 3, "objective_text": "其他目标内容"},
    ]
    assert run_rule(open_core(objectives=rows), "objective_copied")[0][2] == "第1、2个项目"
    assert run_rule(open_core(objectives=rows[1:]), "objective_copied") == []


def _goals_of(project_no: int, *texts: str) -> list[Row]:
    return [
        {"project_no": project_no, "objective_no": number, "objective_text": text}
        for number, text in enumerate(texts, start=1)
    ]


@pytest.mark.parametrize(
    ("other", "fires"),
    [
        (("做好水库巡查，守住安全底线。", "干部作风明显好转"), True),  # the topic alone was exchanged
        (("完成兵役登记与体检", "干部作风明显好转"), False),  # one line of two
        (("完成兵役登记与体检", "送兵入伍", "干部作风明显好转"), False),
    ],
)
def test_goals_are_copied_where_most_lines_are_alike(other: tuple[str, ...], fires: bool) -> None:
    rows = _goals_of(1, "做好堤防巡查，守住安全底线。", "干部作风明显好转") + _goals_of(2, *other)
    kinds = [{"project_no": number, "project_category": kind} for number, kind in ((1, "堤防"), (2, "水库"))]
    found = run_rule(open_core(projects=kinds, objectives=rows), "objective_copied")
    assert [row[2] for row in found] == (["第1、2个项目"] if fires else [])


def test_goals_copied_line_by_line_are_one_finding() -> None:
    texts = ("按月公开收支账目", "群众得到实惠明显", "台账资料完整齐全")
    rows = [row for number in (1, 2, 3) for row in _goals_of(number, *texts)]
    kinds = [{"project_no": number, "project_category": f"第{number}类"} for number in (1, 2, 3)]
    core = open_core(projects=kinds, objectives=rows)
    assert [row[2:] for row in run_rule(core, "objective_copied")] == [("第1、2、3个项目", 3.0, "按月公开收支账目")]


def _two_years(this: Row, last: Row, **tables: list[Row]) -> dict[str, list[Row]]:
    return {
        "filings": [{"fiscal_year": 2024}, {"filing_id": "b", "fiscal_year": 2023}],
        "projects": [{"budget_yuan": 180000, **this}, {"filing_id": "b", "budget_yuan": 180000, **last}],
        **tables,
    }


def test_goals_of_last_year() -> None:
    works = {"objective_text": "完成重点沟渠整治，恢复灌溉面积"}
    goals = [works, works | {"filing_id": "b"}]
    core = open_core(**_two_years({}, {}, objectives=goals))
    assert run_rule(core, "objectives_same_as_last_year")[0][2] == "与2023年第1个项目相同"
    standing = open_core(**_two_years({}, {}, objectives=[GOAL, GOAL | {"filing_id": "b"}]))
    assert run_rule(standing, "objectives_same_as_last_year") == []
    changed = [GOAL, {"filing_id": "b", "objective_text": "另有目标"}]
    assert run_rule(open_core(**_two_years({}, {}, objectives=changed)), "objectives_same_as_last_year") == []


@pytest.mark.parametrize(
    ("last_budget", "target", "last_target", "figures"),
    [
        (180000, "≥20个", "≥24个", "由上年“≥24个”降为“≥20个”"),
        (100000, "≥24个", "≥24个", "与上年同为“≥24个”，预算由 10.00万元变为 18.00万元"),
        (180000, "≥24个", "≥24个", None),
        (180000, "≥30个", "≥24个", None),
    ],
)
def test_targets_of_last_year(last_budget: int, target: str, last_target: str, figures: str | None) -> None:
    rows = [
        _indicator(1, "数量", "保障村级数", target),
        _indicator(1, "数量", "保障村级数", last_target, filing_id="b"),
    ]
    core = open_core(**_two_years({}, {"budget_yuan": last_budget}, indicators=rows))
    assert [found[2] for found in run_rule(core, "target_against_last_year")] == ([figures] if figures else [])


@pytest.mark.parametrize(
    ("township", "text", "fires"),
    [
        ("石臼镇", "加强办事处值班工作", True),
        ("石臼镇", "组织统筹街道现有的环境资源", True),
        ("石臼镇", "加强全镇值班工作，做好社区工作", False),
        ("石臼镇", "清扫镇区主街道，安装街道两侧路灯", False),
        ("石臼镇", "电费由县供电公司石臼办事处代收", False),
        ("石臼镇", "对县供电公司付费，加强办事处值班工作", True),
        ("幸福街道", "加强办事处值班工作", False),
        ("幸福街道", "提高我镇环境卫生质量", True),
    ],
)
def test_words_of_another_kind_of_unit(township: str, text: str, fires: bool) -> None:
    core = open_core(filings=[{"township": township}], narrative_goals=[{"goal_text": text}])
    assert bool(run_rule(core, "foreign_unit_words")) is fires


def test_another_townships_name() -> None:
    filings = [{"township": "石臼镇"}, {"filing_id": "b", "township": "枣园乡"}]
    goals = [{"objective_text": "改善枣园乡办公条件"}, {"filing_id": "b", "objective_text": "改善枣园乡办公条件"}]
    assert [found[2] for found in run_rule(open_core(filings=filings, objectives=goals), "foreign_place_name")] == [
        "“石臼镇”的文本中出现“枣园乡”"
    ]


def test_one_indicator_under_two_levels() -> None:
    rows = [_indicator(1, "可持续影响", "可持续发展率", "优", n) for n in (1, 2, 3)]
    rows.append(_indicator(1, "生态效益", "持续发展率", "优", 4, indicator="可持续发展率"))
    assert places(open_core(indicators=rows), "level_differs_between_projects") == [(4, 1)]
    assert places(open_core(indicators=rows[:3]), "level_differs_between_projects") == []


@pytest.mark.parametrize(
    ("group", "raw", "fires"),
    [
        ("数量", "每公里造价", True),
        ("质量", "资金拨付及时率", False),
        ("质量", "验收合格率", False),
        ("时效", "资金拨付及时率", False),
        ("时效", "验收合格率", True),
    ],
)
def test_words_of_another_level(group: str, raw: str, fires: bool) -> None:
    assert bool(run_rule(open_core(indicators=[_indicator(1, group, raw, "≥95%")]), "words_of_another_level")) is fires


def test_quantities_told_in_words() -> None:
    rows = [
        _indicator(1, "数量", "甲", "若干"),
        _indicator(2, "成本", "乙", "合理"),
        _indicator(3, "成本", "丙", "无", level2="生态环境成本指标"),
        _indicator(4, "质量", "丁", "优"),
    ]
    assert places(open_core(indicators=rows), "quantity_without_number") == [(1, 1), (1, 2)]


def test_benefits_told_only_in_words() -> None:
    worded = [_indicator(n, "社会效益", f"甲{n}", "优") for n in range(1, 5)]
    assert run_rule(open_core(indicators=worded), "benefit_only_in_words")[0][2] == "4条效益指标中有4条"
    mixed = worded[:2] + [_indicator(n, "社会效益", f"乙{n}", "≥90%") for n in (5, 6)]
    assert run_rule(open_core(indicators=mixed), "benefit_only_in_words") == []


@pytest.mark.parametrize(
    ("rule", "raw", "target", "fires"),
    [
        ("rate_at_its_limit", "完成率", "≥100%", False),
        ("rate_at_its_limit", "化解率", "≥100%", True),
        ("rate_at_its_limit", "完成率", "=100%", False),
        ("rate_at_its_limit", "收入增长率", "≥100%", False),
        ("rate_above_100", "合格率", "≥292%", True),
        ("rate_above_100", "合格率", "≥95%", False),
        ("rate_above_100", "农民收入增长率", "≥110%", False),
        ("rate_above_100", "产值为上年的比例", "≥105%", False),
        ("rate_above_100", "工作完成质量", "≥105%", True),
        ("rate_of_nothing", "验收合格率", "=0%", True),
        ("rate_of_nothing", "事故发生率", "=0%", False),
    ],
)
def test_rates(rule: str, raw: str, target: str, fires: bool) -> None:
    assert bool(run_rule(open_core(indicators=[_indicator(1, "质量", raw, target)]), rule)) is fires


def test_a_rate_at_its_limit_in_the_text_part() -> None:
    goal = {
        "indicator_text": "化解占工作任务的比例大于等于100%。",
        "target_kind": "percent",
        "comparator": ">=",
        "value_low": 100,
    }
    core = open_core(narrative_goals=[goal | {"target_raw": "初访化解占工作任务的比例大于等于100%。"}])
    assert run_rule(core, "rate_at_its_limit")[0][2] == "比例大于等于100%"


@pytest.mark.parametrize(
    ("group", "raw", "target", "fires"),
    [
        ("成本", "每村分配金额", "≥7500元", True),
        ("成本", "每村分配金额", "≤7500元", False),
        ("成本", "成本节约率", "≥5%", False),
        ("质量", "验收合格率", "≤95%", True),
        ("质量", "事故发生率", "≤2%", False),
        ("满意度", "群众满意度", "≤95%", True),
        ("经济效益", "带动村集体增收", "≤3500元", True),
        ("数量", "宣传次数", "≤5次", True),
        ("数量", "会议次数", "≤10次", False),
        ("质量", "漏报率", "≤1%", False),
        ("质量", "人员缺勤率", "≤2%", False),
        ("质量", "安全事故发生率", "≥1%", True),
        ("社会效益", "信访下降率", "≤5%", False),
        ("数量", "低保对象中建档立卡贫困人口数量", "≥9431人", False),
        ("社会效益", "贫困发生率", "≥1%", True),
    ],
)
def test_signs(group: str, raw: str, target: str, fires: bool) -> None:
    assert bool(run_rule(open_core(indicators=[_indicator(1, group, raw, target)]), "sign_against_meaning")) is fires


def test_unit_cost_times_quantity_is_above_the_budget() -> None:
    project = {"budget_yuan": 149300, "budget_raw": "14.93"}
    rows = [_indicator(1, "数量", "保障村级数", "≥24个"), _indicator(2, "成本", "每村分配金额", "≤7500元")]
    found = run_rule(open_core(projects=[project], indicators=rows), "unit_cost_exceeds_budget")
    assert found == [
        (
            1,
            2,
            "7500元×24个＝18.00万元，高于预算数 14.93万元",
            30700.0,
            "每村分配金额 ≤7500元；数量 ≥24个；预算数 14.93",
        )
    ]
    assert run_rule(open_core(projects=[{"budget_yuan": 180000}], indicators=rows), "unit_cost_exceeds_budget") == []


@pytest.mark.parametrize(
    ("quantity", "cost", "fires"),
    [
        (_indicator(1, "数量", "路灯安装数量", "≥30盏"), _indicator(2, "成本", "路灯造价", "≤5000元/盏"), True),
        (_indicator(1, "数量", "发放补贴人数", "≥50人"), _indicator(2, "成本", "人均补助标准", "≤4200元"), True),
        (_indicator(1, "数量", "发放补贴人数", "≥50人"), _indicator(2, "成本", "人均补助标准", "≤4200元/人·月"), False),
        (_indicator(1, "数量", "宣传次数", "≥50次"), _indicator(2, "成本", "购买办公用品", "≤5000元"), False),
        (_indicator(1, "数量", "村内公厕座数", "≥50座"), _indicator(2, "成本", "每村分配金额", "≤7500元"), False),
    ],
)
def test_unit_costs_meet_their_own_quantity_only(quantity: Row, cost: Row, fires: bool) -> None:
    core = open_core(projects=[{"budget_yuan": 100000}], indicators=[quantity, cost])
    assert bool(run_rule(core, "unit_cost_exceeds_budget")) is fires


def test_total_cost_is_the_budget() -> None:
    rows = [_indicator(1, "成本", "项目总成本", "≤200000元"), _indicator(2, "成本", "预算控制数", "≤800元/人")]
    assert places(open_core(projects=[{"budget_yuan": 180000}], indicators=rows), "total_cost_not_budget") == [(1, 1)]
    assert places(open_core(projects=[{"budget_yuan": 200000}], indicators=rows), "total_cost_not_budget") == []


@pytest.mark.parametrize(
    ("raw", "target", "fires"),
    [
        ("发放补贴人数", "≥5人", False),
        ("发放补贴人数", "≥5次", True),
        ("宣传次数", "≥5次", False),
        ("宣传次数", "≥5人", True),
        ("验收合格率", "≥95%", False),
        ("验收合格率", "≥95个", True),
        ("购买办公用品金额", "≤3000元", False),
        ("成本控制率", "≤95%", False),
        ("项目总成本", "≤95%", False),
        ("每盏路灯年电费", "≤150盏", True),
        ("每盏路灯年电费", "≤150元/盏", False),
        ("代缴养老保险费", "≥50人", False),
        ("植树造林面积", "≥5人", True),
        ("保障村级数", "≥24个", False),
    ],
)
def test_units(raw: str, target: str, fires: bool) -> None:
    assert bool(run_rule(open_core(indicators=[_indicator(1, "数量", raw, target)]), "unit_misfit")) is fires


@pytest.mark.parametrize(
    ("parts", "fires"),
    [
        ({"fiscal_yuan": 180000, "other_yuan": 0}, False),
        ({"fiscal_yuan": 180000}, False),
        ({"fiscal_yuan": 100000}, False),
        ({"fiscal_yuan": 100000, "other_raw": ""}, True),
        ({"fiscal_yuan": 180000, "other_raw": ""}, False),
        ({"fiscal_yuan": 100000, "other_yuan": 50000}, True),
        ({"fiscal_yuan": 100000, "other_yuan": 50000, "carryover_yuan": 30000}, False),
        ({"fiscal_yuan": 190000}, True),
        ({"budget_yuan": 0, "fiscal_yuan": 2026400}, True),
        ({}, False),
    ],
)
def test_budget_parts(parts: Row, fires: bool) -> None:
    assert bool(run_rule(open_core(projects=[PROJECT | parts]), "budget_parts")) is fires


def test_spending_plans() -> None:
    def plan(*points: int) -> list[Row]:
        return [{"month": 3 * n, "cumulative_pct": p, "pct_raw": f"{p}%"} for n, p in enumerate(points, start=1)]

    assert run_rule(open_core(spending_plan=plan(25, 50, 40, 100)), "spending_plan_falls") == [
        (1, None, "6月底 50%，9月底 40%", -10.0, "40%")
    ]
    assert run_rule(open_core(spending_plan=plan(25, 50, 75, 90)), "spending_plan_not_100") == [
        (1, None, "12月底 90%", -10.0, "90%")
    ]


def test_amounts_in_the_text_part() -> None:
    projects = [
        {"budget_yuan": 298500},
        {"project_no": 2, "budget_yuan": 20000, "project_name": "乙", "project_category": "乙"},
    ]

    def found(text: str) -> list[str]:
        core = open_core(projects=projects, narrative_goals=[{"goal_text": text}])
        return [row[2] for row in run_rule(core, "narrative_amount_differs")]

    assert found("充分利用预算资金29.85万元，预算资金31.85万元") == []
    assert found("充分利用预算资金30.00万元") == ["预算资金30.00万元"]
    assert found("带动农民增收30.00万元") == []


def test_village_counts() -> None:
    quantity = _indicator(1, "数量", "保障村级数", "≥24个", indicator="保障村级数量")
    differs = open_core(filings=[{"overall_goal": "全镇25个村人居环境"}], indicators=[quantity])
    assert [row[2] for row in run_rule(differs, "village_count_differs")] == ["24个村、25个村"]
    agrees = open_core(filings=[{"overall_goal": "全镇24个村人居环境，建设3个村的路灯"}], indicators=[quantity])
    assert run_rule(agrees, "village_count_differs") == []


def test_money_written_under_the_wrong_unit() -> None:
    rows = [_indicator(1, "成本", "项目总成本", "≤18元")]
    assert places(open_core(projects=[PROJECT], indicators=rows), "money_scale") == [(1, 1)]
    other = [PROJECT, PROJECT | {"filing_id": "b", "budget_yuan": 18}]
    core = open_core(filings=[{}, {"filing_id": "b", "fiscal_year": 2023}], projects=other)
    assert places(core, "money_scale") == [(1, None), (1, None)]
    assert places(open_core(projects=[PROJECT], indicators=FULL), "money_scale") == []


def test_deadlines() -> None:
    rows = [
        _indicator(1, "时效", "甲", "2025年3月", target_kind="date", due_date=date(2025, 3, 31)),
        _indicator(2, "时效", "乙", "2024年3月", target_kind="date", due_date=date(2024, 3, 31)),
        _indicator(3, "时效", "丙", "按时完成"),
    ]
    core = open_core(indicators=rows)
    assert run_rule(core, "deadline_outside_year") == [(1, 1, "“2025年3月”，预算年度为2024年", 1.0, "甲")]
    assert places(core, "deadline_without_date") == [(1, 3)]


def test_projects_of_another_year() -> None:
    projects = [{"project_year": 2023}, {"project_no": 2, "project_year": 2024}, {"project_no": 3}]
    assert places(open_core(projects=projects), "project_of_another_year") == [(1, None)]


SCORED = [
    _indicator(1, "数量", "保障村级数", "≥24个", weight=50, score=45),
    _indicator(2, "质量", "村级正常运转率", "≥95%", weight=40, score=40),
]
POINTS = {"executed_yuan": 165600, "execution_weight": 10, "execution_score": 9.2, "execution_score_raw": "9.2"}


@pytest.mark.parametrize(
    ("total", "figures"),
    [
        ({"total_score": 94.2, "total_score_raw": "94.2"}, []),
        ({"total_score": 85, "total_score_raw": "85"}, []),  # without the points for spending
        ({"total_score": 94, "total_score_raw": "94"}, []),  # rounded to whole points
        ({"total_score": 93, "total_score_raw": "93"}, ["项目“村级运转经费”表中为93，各项得分合计为94.2分"]),
        ({"total_score": 100, "total_score_raw": "100"}, ["项目“村级运转经费”表中为100，各项得分合计为94.2分"]),
        (
            {"total_weight": 100},
            ["总分一行只写了100、没有写得分合计，而1个项目的各项得分相加不是这个数：“村级运转经费”94.2分"],
        ),
        ({}, []),
    ],
)
def test_a_total_is_the_sum_of_the_points(total: dict[str, object], figures: list[str]) -> None:
    core = open_core(projects=[PROJECT | POINTS | total], indicators=SCORED)
    assert [found[2] for found in run_rule(core, "total_score_wrong")] == figures


def test_a_total_whose_parts_are_not_all_known_is_left_alone() -> None:
    total = {"total_score": 95, "total_score_raw": "95"}
    unread = [SCORED[0], SCORED[1] | {"score": None}]
    assert run_rule(open_core(projects=[PROJECT | POINTS | total], indicators=unread), "total_score_wrong") == []
    assert run_rule(open_core(projects=[PROJECT | total], indicators=SCORED), "total_score_wrong") == []
    assert run_rule(open_core(projects=[PROJECT | total], indicators=SCORED[1:]), "total_score_wrong") != []


@pytest.mark.parametrize(
    ("executed", "score", "fires"),
    [(90000, 10, True), (90000, 5, False), (165600, 10, False), (165600, 9.2, False), (165600, 7, True)],
)
def test_points_for_spending_follow_the_rate(executed: int, score: float, fires: bool) -> None:
    project = PROJECT | {"executed_yuan": executed, "execution_weight": 10}
    project |= {"execution_score": score, "execution_score_raw": f"{score:g}"}
    core = open_core(filings=[{"doc_kind": "self_evaluation"}], projects=[project])
    assert bool(run_rule(core, "execution_points_differ")) is fires


@pytest.mark.parametrize(
    ("rate", "fires"), [("90%", False), ("0.90", False), ("95%", True), ("90.4%", False), ("9.0", True)]
)
def test_execution_rates(rate: str, fires: bool) -> None:
    project = {"adjusted_yuan": 200000, "executed_yuan": 180000, "execution_rate_raw": rate}
    core = open_core(filings=[{"doc_kind": "self_evaluation"}], projects=[project])
    assert bool(run_rule(core, "execution_rate_wrong")) is fires


def _achieved(target: str, actual: float, score: float = 10, **more: object) -> dict[str, object]:
    row = _indicator(
        1, "数量", "宣传次数", target, actual_raw=f"{actual:g}次", actual_value_low=actual, actual_value_high=actual
    )
    return row | {
        "actual_unit_family": row["unit_family"],
        "weight": 10,
        "weight_raw": "10",
        "score": score,
        "score_raw": f"{score:g}",
        **more,
    }


def _bare(name: str, target: float, actual: float) -> dict[str, object]:
    """Make a result beside a target without a sign."""
    row = _achieved(f"={target}次", actual, comparator_stated=False)
    return row | {"indicator_raw": name, "indicator": name}


@pytest.mark.parametrize(
    ("rule", "row", "fires"),
    [
        ("full_marks_below_target", _achieved("≥10次", 9), True),
        ("full_marks_below_target", _achieved("≥10次", 10), False),
        ("full_marks_below_target", _achieved("≥10次", 9, 8), False),
        ("full_marks_below_target", _achieved("≤10次", 11), True),
        ("full_marks_below_target", _achieved("≥10次", 10, actual_raw="＞10次", actual_comparator=">"), False),
        ("full_marks_below_target", _achieved("=10次", 9, comparator_stated=False), True),
        ("full_marks_below_target", _bare("事故起数", 0, 2), True),
        ("harm_with_full_marks", _bare("溺水死亡人数", 0, 1), True),
        ("score_above_weight", _achieved("≥10次", 9, -2), True),
        ("harm_with_full_marks", _bare("溺水死亡人数", 0, 0), False),
        ("harm_with_full_marks", _bare("投诉件数", 0, 2), False),
        ("harm_with_full_marks", _bare("事故起数", 1, 2), False),
        ("full_marks_below_target", _bare("办结时限", 3, 2), False),
        ("full_marks_below_target", _bare("某项工作", 3, 2), False),
        ("target_set_too_low", _achieved("≥10次", 14), True),
        ("target_set_too_low", _achieved("≥10次", 13), False),
        ("achievement_low", _achieved("≥10次", 5, 5), True),
        ("achievement_low", _achieved("≥10次", 8, 8), False),
        ("achievement_low", _achieved("≥10次", 5, 5, deviation_reason="无"), True),
        ("achievement_low", _achieved("≥10次", 5, 5, deviation_reason="受天气影响"), False),
        ("score_above_weight", _achieved("≥10次", 10, 11), True),
        ("score_above_weight", _achieved("≥10次", 10, 10), False),
        ("actual_copies_target", _achieved("≥10次", 10, actual_raw="≥10 次"), True),
        ("actual_copies_target", _achieved("≥10次", 10), False),
        ("reason_missing", _achieved("≥10次", 9, 8, deviation_reason="无"), True),
        ("reason_missing", _achieved("≥10次", 9, 8, deviation_reason="受天气影响"), False),
        ("reason_missing", _achieved("≥10次", 10, 10), False),
    ],
)
def test_self_evaluations(rule: str, row: Row, fires: bool) -> None:
    assert bool(run_rule(open_core(indicators=[row]), rule)) is fires


@pytest.mark.parametrize(
    ("code", "malformed", "check"),
    [
        ("13020823P00000310006D", False, False),
        ("13020823P00000310007D", False, True),
        ("13020823P0000031000", True, False),
        ("13020823P00000310006!", True, False),
        ("13020723P00000310006D", True, True),
        ("13020823T000000012345", False, False),
        ("13020023T000000012345", False, False),  # the city's own
        (None, False, False),
    ],
)
def test_project_codes(code: str | None, malformed: bool, check: bool) -> None:
    core = open_core(filings=[{"division_code": "130208"}], projects=[{"project_code": code}])
    assert bool(run_rule(core, "project_code_malformed")) is malformed
    assert bool(run_rule(core, "project_code_check")) is check


@pytest.mark.parametrize(("divisions", "numbers"), [(("139901",) * 3, []), (("139901", "139902", "139901"), [2])])
def test_most_codes_tell_the_division_where_the_filing_does_not(divisions: tuple[str, ...], numbers: list[int]) -> None:
    rows = [
        {"project_no": number, "project_code": f"{division}24T00000000000{number}"}
        for number, division in enumerate(divisions, start=1)
    ]
    found = run_rule(open_core(filings=[{"division_code": None}], projects=rows), "project_code_malformed")
    assert [row[0] for row in found] == numbers


def test_codes_met_twice() -> None:
    other = {"filing_id": "b", "project_name": "环卫费", "project_category": "环卫费"}
    projects = [PROJECT, PROJECT | {"project_no": 2}, PROJECT | other]
    core = open_core(filings=[{}, {"filing_id": "b", "fiscal_year": 2023}], projects=projects)
    assert places(core, "project_code_duplicate") == [(2, None)]
    assert [found[2] for found in run_rule(core, "project_code_two_names")] == ["本处为“环卫费”，另处为“村级运转经费”"]


def test_slips_and_doubled_names() -> None:
    rows = [
        _indicator(1, "社会效益", "社会影响了", "优"),
        _indicator(2, "数量", "采购次数采购次数", "≥5次"),
        _indicator(3, "数量", "补助村(社区)数量", "≥5个"),
    ]
    assert places(open_core(indicators=rows), "name_misspelt") == [(1, 1)]
    assert places(open_core(indicators=rows), "name_doubled") == [(1, 2)]


def test_the_slips_are_those_of_the_word_list() -> None:
    words = RULES.parents[1] / "transforms" / "words" / "typos.csv"
    with words.open(encoding="utf-8", newline="") as file:
        listed = [(row[0], row[1]) for row in csv.reader(file) if not row[0].startswith("#")][1:]
    text = rule_path("name_misspelt").read_text(encoding="utf-8")
    assert re.findall(r"\('([^']+)', '([^']+)'\)", text) == listed


def test_a_sentence_said_twice() -> None:
    twice = {"goal_text": "积极发挥职能作用加强建设。做好工作。积极发挥职能作用加强建设。做好工作。"}
    assert [found[4] for found in run_rule(open_core(narrative_goals=[twice]), "sentence_repeated")] == [
        "积极发挥职能作用加强建设"
    ]


def test_names_mapped_by_likeness() -> None:
    row = _indicator(
        1, "数量", "会议召开次数", "≥5次", indicator="召开会议次数", name_method="fuzzy", name_confidence=0.95
    )
    assert run_rule(open_core(indicators=[row]), "name_to_confirm")[0][2] == "归入“召开会议次数”，把握 95%"


@pytest.mark.parametrize(
    ("rule", "budget", "fires"),
    [
        ("budget_negative", -285700, True),
        ("budget_negative", 285700, False),
        ("budget_zero", 0, True),
        ("budget_zero", 1, False),
        ("money_scale", 2857000000, True),
        ("money_scale", 28570000, False),
    ],
)
def test_budgets_that_cannot_be(rule: str, budget: int, fires: bool) -> None:
    project = {"budget_yuan": budget, "budget_raw": str(budget / 10000), "money_unit_raw": "万元"}
    assert bool(run_rule(open_core(projects=[project]), rule)) is fires


@pytest.mark.parametrize(
    ("rule", "raw", "target", "fires"),
    [
        ("range_reversed", "验收合格率", "95%-85%", True),
        ("range_reversed", "验收合格率", "85%-95%", False),
        ("range_reversed", "验收合格率", "≥92%且≤88%", True),
        ("range_reversed", "验收合格率", "≥88%且≤92%", False),
        ("range_reversed", "完成时间", "2024-12", False),
        ("date_impossible", "完成时间", "2024年2月30日", True),
        ("date_impossible", "完成时间", "2024年13月底前", True),
        ("date_impossible", "完成时间", "2024年2月29日", False),
        ("date_impossible", "完成时间", "12月底前", False),
        ("rate_graded", "可持续发展率", "优", True),
        ("rate_graded", "社会影响力", "优", False),
        ("subsidy_not_whole", "补贴发放率", "≥95%", True),
        ("subsidy_not_whole", "补贴发放率", "=100%", False),
        ("subsidy_not_whole", "补贴发放准确率", "≥95%", False),
    ],
)
def test_values_that_cannot_be(rule: str, raw: str, target: str, fires: bool) -> None:
    row = _indicator(1, "社会效益", raw, target)
    assert bool(run_rule(open_core(indicators=[row]), rule)) is fires


@pytest.mark.parametrize(
    ("points", "fires"), [((0, 0, 0, 100), True), ((5, 8, 10, 100), True), ((10, 30, 60, 100), False)]
)
def test_spending_left_to_december(points: tuple[int, ...], fires: bool) -> None:
    plan = [
        {"month": month, "cumulative_pct": pct, "pct_raw": f"{pct}%"}
        for month, pct in zip((3, 6, 10, 12), points, strict=True)
    ]
    assert bool(run_rule(open_core(spending_plan=plan), "spending_plan_at_years_end")) is fires


@pytest.mark.parametrize(("count", "last", "fires"), [(5, 75, True), (5, 80, False), (4, 75, False)])
def test_one_plan_for_every_project(count: int, last: int, fires: bool) -> None:
    plan = [
        {"project_no": number, "month": month, "cumulative_pct": pct, "pct_raw": f"{pct}%"}
        for number in range(1, count + 1)
        for month, pct in ((3, 25), (6, 50), (10, last if number == count else 75), (12, 100))
    ]
    assert bool(run_rule(open_core(spending_plan=plan), "spending_plan_everywhere")) is fires


@pytest.mark.parametrize(("price", "fires"), [("2.4", True), ("24000", False), ("24", False)])
def test_a_price_whose_ten_thousands_were_lost_is_told_of_households_too(price: str, fires: bool) -> None:
    rows = [_indicator(1, "数量", "改造危房户数", "=15户"), _indicator(2, "成本", "户均改造补助", f"≤{price}元/户")]
    core = open_core(projects=[{"budget_yuan": 360000, "budget_raw": "36.00"}], indicators=rows)
    assert bool(run_rule(core, "unit_cost_far_below_budget")) is fires


def test_projects_of_one_name() -> None:
    projects = [PROJECT, PROJECT | {"project_no": 2}, PROJECT | {"project_no": 3, "project_name": "另一项目"}]
    assert [found[2] for found in run_rule(open_core(projects=projects), "project_name_repeated")] == [
        "第1、2个项目同名"
    ]


@pytest.mark.parametrize(("price", "fires"), [(119, True), (12000, False)])
def test_a_unit_cost_far_below_the_budget(price: int, fires: bool) -> None:
    rows = [_indicator(1, "数量", "保障村级数", "≥24个"), _indicator(2, "成本", "每村分配金额", f"≤{price}元")]
    core = open_core(projects=[{"budget_yuan": 285700, "budget_raw": "28.57"}], indicators=rows)
    assert bool(run_rule(core, "unit_cost_far_below_budget")) is fires


@pytest.mark.parametrize(("executed", "fires"), [(180000, False), (200000, False), (220000, True)])
def test_more_spent_than_there_is(executed: int, fires: bool) -> None:
    project = {"adjusted_yuan": 200000, "executed_yuan": executed, "executed_raw": str(executed)}
    core = open_core(filings=[{"doc_kind": "self_evaluation"}], projects=[project])
    assert bool(run_rule(core, "execution_above_budget")) is fires


@pytest.mark.parametrize(("evaluated", "fires"), [("≥80人", True), ("≥100人", False), ("≥120人", False)])
def test_a_target_lowered_in_the_evaluation(evaluated: str, fires: bool) -> None:
    filings = [{"filer": "石臼镇"}, {"filing_id": "b", "filer": "石臼镇", "doc_kind": "self_evaluation"}]
    rows = [_indicator(1, "数量", "培训人数", "≥100人"), _indicator(1, "数量", "培训人数", evaluated, filing_id="b")]
    core = open_core(filings=filings, projects=[{}, {"filing_id": "b"}], indicators=rows)
    assert bool(run_rule(core, "target_lowered")) is fires


def test_fields_that_other_projects_fill_in() -> None:
    rows = [_indicator(n, "数量", f"甲{n}", "≥5个", basis="计划标准" if n < 4 else None) for n in range(1, 5)]
    projects = [{"purpose": "办公"}, {"project_no": 2}]
    core = open_core(projects=projects, indicators=rows)
    assert [(found[0], found[2]) for found in run_rule(core, "fields_left_empty")] == [
        (1, "1条指标的指标值确定依据"),
        (2, "资金用途"),
    ]


@pytest.mark.parametrize(
    ("quantity", "cost", "fires"),
    [
        (_indicator(1, "数量", "培训财务人员人数", "≥400人"), "人均培训成本", True),
        (_indicator(1, "数量", "受益群众人数", "≥400人"), "人均培训成本", False),
        (_indicator(1, "数量", "受益人数", "≥400人"), "每人补助标准", False),
        (_indicator(1, "数量", "发放高龄老人人数", "≥400人"), "每人津贴标准", True),
        (_indicator(1, "数量", "改造户数", "≥400户"), "每户慰问金额", False),
    ],
)
def test_a_price_a_head_is_for_the_same_people(quantity: Row, cost: str, fires: bool) -> None:
    price = _indicator(2, "成本", cost, "≤500元", unit="元/户" if "户" in cost else "元/人")
    core = open_core(projects=[PROJECT], indicators=[quantity, price])
    assert bool(run_rule(core, "unit_cost_exceeds_budget")) is fires
