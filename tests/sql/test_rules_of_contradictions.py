"""Rules that set one thing a filing says beside another: texts and tables, plans and evaluations, one township and others."""

from datetime import date

import pytest

from tests.sql.core_tables import Row, open_core, run_rule


def _counted(name: str, sign: str, value: float, unit: str, no: int = 1, **more: object) -> Row:
    comparator = {"≥": ">=", "≤": "<=", "=": "="}[sign]
    target = {"target_raw": f"{sign}{value}{unit}", "target_kind": "quantity", "comparator": comparator, "unit": unit}
    row = {"indicator_no": no, "indicator_raw": name, "indicator": name, "level2_group": "数量", **target}
    return {**row, "value_low": value, "unit_family": f"count:{unit}", **more}


def _priced(name: str, yuan: float, unit: str, **more: object) -> Row:
    target = {
        "target_raw": f"={yuan}{unit}",
        "target_kind": "money",
        "comparator": "=",
        "unit": unit,
        "value_low": yuan,
    }
    row = {"indicator_raw": name, "indicator": name, "level2_group": "成本", **target}
    return {**row, "value_high": yuan, "unit_family": f"money/{unit.partition('/')[2]}", **more}


@pytest.mark.parametrize(
    ("goal", "sign", "value", "unit", "fires"),
    [
        ("完成9口山塘清淤", "=", 7, "口", True),
        ("完成9口山塘清淤", "=", 9, "口", False),
        ("完成9口山塘清淤", "≥", 7, "口", False),
        ("完成5口山塘清淤", "≥", 7, "口", True),
        ("清淤山塘9口，新建山塘7口", "=", 7, "口", False),  # two such numbers
        ("其中3口山塘清淤", "=", 7, "口", False),
        ("每口山塘清淤2个月", "=", 7, "口", False),
        ("维修水渠9公里", "=", 7, "口", False),
    ],
)
def test_a_goals_number_is_the_indicators(goal: str, sign: str, value: int, unit: str, fires: bool) -> None:
    core = open_core(
        projects=[{}], objectives=[{"objective_text": goal}], indicators=[_counted("山塘清淤数量", sign, value, unit)]
    )
    assert bool(run_rule(core, "goal_count_differs")) is fires


def test_whom_a_goal_reaches_is_another_number() -> None:
    reached = _counted("受益行政村数量", "=", 5, "个")
    core = open_core(projects=[{}], objectives=[{"objective_text": "硬化3个行政村道路"}], indicators=[reached])
    assert run_rule(core, "goal_count_differs") == []


def _done(value: float, unit: str = "公里", raw: str | None = None) -> Row:
    actual = {"actual_raw": raw or f"{value}{unit}", "actual_value_low": value, "actual_comparator": "="}
    return _counted("改造管网长度", "≥", 6, unit, **actual, actual_unit_family=f"count:{unit}")


@pytest.mark.parametrize(
    ("text", "done", "fires"),
    [
        ("改造管网6公里，群众满意。", _done(4.5), True),
        ("改造管网6公里，群众满意。", _done(6), False),
        ("改造管网6.02公里", _done(6), False),
        ("改造管网约6公里", _done(4.5), False),
        ("新增用户600户", _done(4.5), False),
        ("改造管网3350公里", _done(0.335, raw="0.335万公里"), False),
    ],
)
def test_a_summary_says_what_the_table_says(text: str, done: Row, fires: bool) -> None:
    core = open_core(
        filings=[{"doc_kind": "self_evaluation"}],
        projects=[{}],
        statements=[{"fact": "achieved", "label": "完成情况", "said_raw": text}],
        indicators=[done],
    )
    assert bool(run_rule(core, "achieved_differs")) is fires


@pytest.mark.parametrize(
    ("text", "fires"), [("三年共改造管网10公里", True), ("三年共改造管网36公里", False), ("每年改造管网10公里", False)]
)
def test_a_year_does_no_more_than_the_whole_term(text: str, fires: bool) -> None:
    core = open_core(
        projects=[{}],
        statements=[{"fact": "goal_long", "label": "实施期总目标", "said_raw": text}],
        indicators=[_counted("改造管网长度", "=", 12, "公里")],
    )
    assert bool(run_rule(core, "year_above_whole_term")) is fires


BOTH: list[Row] = [
    {"filing_id": "p", "doc_kind": "targets", "filer": "石臼镇", "file_name": "p.docx"},
    {"filing_id": "e", "doc_kind": "self_evaluation", "filer": "石臼镇", "file_name": "e.docx"},
]


@pytest.mark.parametrize(
    ("planned", "evaluated", "kinds", "fires"),
    [
        ({"budget_yuan": 480000}, {"budget_yuan": 460000}, ("targets", "self_evaluation"), True),
        ({"budget_yuan": 480000}, {"budget_yuan": 480000}, ("targets", "self_evaluation"), False),
        (
            {"budget_yuan": 480000, "fiscal_yuan": 460000},
            {"budget_yuan": 460000},
            ("targets", "self_evaluation"),
            False,
        ),
        ({"budget_yuan": 480000}, {"budget_yuan": 460000}, ("adjustment", "self_evaluation"), False),
    ],
)
def test_an_evaluation_begins_with_the_plans_budget(
    planned: Row, evaluated: Row, kinds: tuple[str, str], fires: bool
) -> None:
    filings = [{**filing, "doc_kind": kind} for filing, kind in zip(BOTH, kinds, strict=True)]
    raw = {"budget_raw": "48.00"}
    core = open_core(
        filings=filings, projects=[{**planned, **raw, "filing_id": "p"}, {**evaluated, **raw, "filing_id": "e"}]
    )
    assert bool(run_rule(core, "initial_budget_differs")) is fires


@pytest.mark.parametrize(
    ("names", "fires"),
    [
        (["管网长度", "受益户数"], True),
        (["管网长度", "受益户数", "水压合格率"], False),
        (["管网长度", "受益户数", "水压达标率"], False),  # may be the same by another name
        (["甲长度", "乙户数"], False),  # another form
    ],
)
def test_an_evaluation_has_all_indicators_of_the_plan(names: list[str], fires: bool) -> None:
    def rows(filing: str, of: list[str]) -> list[Row]:
        return [
            {"filing_id": filing, "indicator_no": no, "indicator_raw": name, "indicator": name, "level2_group": group}
            for no, name in enumerate(of, start=1)
            for group in ("质量" if "率" in name else "数量",)
        ]

    core = open_core(
        filings=BOTH,
        projects=[{"filing_id": "p"}, {"filing_id": "e"}],
        indicators=[*rows("p", ["管网长度", "受益户数", "水压合格率"]), *rows("e", names)],
    )
    assert bool(run_rule(core, "indicator_left_out")) is fires


@pytest.mark.parametrize(("others", "fires"), [(1, True), (2, True), (3, False), (0, False)])
def test_a_code_belongs_to_one_unit(others: int, fires: bool) -> None:
    code = "13990124P000001100015"
    filings = [{"filing_id": str(no), "township": f"镇{no}", "file_name": f"{no}.docx"} for no in range(others + 1)]
    projects = [{"filing_id": str(no), "project_code": code} for no in range(others + 1)]
    assert bool(run_rule(open_core(filings=filings, projects=projects), "code_of_two_filers")) is fires


@pytest.mark.parametrize(
    ("one", "other", "category", "fires"),
    [
        ("用于15个农家书屋补充图书。", "用于15个农家书屋补充图书", "水库养护", True),
        ("用于15个农家书屋补充图书。", "用于15个农家书屋补充图书", "农家书屋", False),  # its carry-over
        ("用于15个农家书屋补充图书。", "用于6座水库日常养护和巡查", "水库养护", False),
        ("办公经费", "办公经费", "水库养护", False),
    ],
)
def test_no_purpose_is_anothers(one: str, other: str, category: str, fires: bool) -> None:
    first = {"project_no": 1, "project_category": "农家书屋", "purpose": one}
    second = {"project_no": 2, "project_category": category, "purpose": other}
    assert bool(run_rule(open_core(projects=[first, second]), "text_copied")) is fires


@pytest.mark.parametrize(
    ("group", "actual", "fires"), [("数量", "已完成", True), ("数量", "16场", False), ("质量", "已完成", False)]
)
def test_numbers_are_told_in_numbers(group: str, actual: str, fires: bool) -> None:
    row = {**_counted("演出场次", "=", 16, "场"), "level2_group": group, "actual_raw": actual}
    core = open_core(filings=[{"doc_kind": "self_evaluation"}], indicators=[row])
    assert bool(run_rule(core, "actual_not_number")) is fires


@pytest.mark.parametrize(("total", "sign", "fires"), [(1500, "=", True), (900, "=", False), (1500, "≥", False)])
def test_so_many_in_each_make_all(total: int, sign: str, fires: bool) -> None:
    rows = [
        _counted("更新图书的书屋数", "=", 15, "个", 1),
        _counted("更新图书册数", sign, total, "册", 2),
        _counted("每个书屋更新册数", "=", 60, "册/个", 3),
    ]
    assert bool(run_rule(open_core(indicators=rows), "product_differs")) is fires


@pytest.mark.parametrize(
    ("purpose", "fires"),
    [
        ("其中材料费占60%、人工费占30%、管理费占20%。", True),
        ("其中材料费占60%、人工费占30%、管理费占10%。", False),
        ("一期占60%。二期占50%。", False),
    ],
)
def test_shares_are_of_one_whole(purpose: str, fires: bool) -> None:
    assert bool(run_rule(open_core(projects=[{"purpose": purpose}]), "shares_above_100")) is fires


@pytest.mark.parametrize(
    ("purpose", "fires"),
    [
        ("用于管网改造，其中材料费20万元、人工费18万元、监理费5万元。", True),
        ("用于管网改造，其中材料费20万元、人工费23万元、监理费5万元。", False),
        ("用于管网改造，其中材料费20万元、人工费18万元、监理费5万元等费用。", False),
        ("用于管网改造，其中材料费20万元、人工费18万元。", False),  # two may be some of all
        ("用于22名村干部报酬，其中正职8人、副职16人。", True),
        ("用于24名村干部报酬，其中正职8人、副职16人。", False),
        ("用于24名村民培训，其中女性20人、党员16人。", False),  # these overlap
    ],
)
def test_parts_make_up_their_whole(purpose: str, fires: bool) -> None:
    core = open_core(projects=[{"purpose": purpose, "budget_yuan": 480000, "budget_raw": "48.00"}])
    assert bool(run_rule(core, "purpose_parts_differ")) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("节约资金，结余5.00万元已收回。", True),
        ("结余3.00万元。", False),
        ("县级结余5万元。", False),
        ("无结余。", False),
    ],
)
def test_what_is_left_over_is_not_spent(text: str, fires: bool) -> None:
    project = {"budget_yuan": 480000, "executed_yuan": 450000, "budget_raw": "48.00", "executed_raw": "45.00"}
    core = open_core(
        filings=[{"doc_kind": "self_evaluation"}],
        projects=[project],
        statements=[{"fact": "remark", "label": "执行偏差说明", "said_raw": text}],
    )
    assert bool(run_rule(core, "leftover_differs")) is fires


@pytest.mark.parametrize(
    ("purpose", "fires"),
    [
        ("用于16场演出，每场补助3500元。", True),
        ("用于16场演出，每场补助3000元。", False),
        ("用于16名演员，每人补助3500元。", False),
        ("每场补助3500元，每场奖励500元。", False),
    ],
)
def test_a_purposes_price_is_the_indicators(purpose: str, fires: bool) -> None:
    core = open_core(projects=[{"purpose": purpose}], indicators=[_priced("每场演出补助", 3000, "元/场")])
    assert bool(run_rule(core, "price_differs_from_purpose")) is fires


@pytest.mark.parametrize(
    ("goal", "fires"),
    [
        ("2024年6月30日前更新管网6公里", True),
        ("2024年9月底前更新管网6公里", False),
        ("9月15日前更新管网6公里", False),  # the 15 days' band
        ("9月14日前更新管网6公里", True),
        ("每月25日前发放", False),
        ("3月开工，6月30日前完工", False),
    ],
)
def test_a_goals_day_is_the_indicators(goal: str, fires: bool) -> None:
    end = {
        **{"indicator_raw": "管网改造完工时间", "level2_group": "时效", "target_raw": "2024年9月30日前"},
        **{"target_kind": "date", "due_date": date(2024, 9, 30)},
    }
    core = open_core(projects=[{}], objectives=[{"objective_text": goal}], indicators=[end])
    assert bool(run_rule(core, "goal_date_differs")) is fires


@pytest.mark.parametrize(
    ("prices", "name", "fires"),
    [
        ([69.5, 96.5, 96.5, 96.5], "亩均补贴标准", True),
        ([96.5, 96.5, 96.5, 96.5], "亩均补贴标准", False),
        ([69.5, 96.5, 96.5], "亩均补贴标准", False),  # two others are too few
        ([69.5, 96.5, 96.5, 90], "亩均补贴标准", False),
        ([69.5, 96.5, 96.5, 96.5], "亩均作业成本", False),
    ],
)
def test_a_standard_is_one_in_the_county(prices: list[float], name: str, fires: bool) -> None:
    towns = range(len(prices))
    core = open_core(
        filings=[{"filing_id": str(no), "filer": f"镇{no}", "file_name": f"{no}.docx"} for no in towns],
        projects=[{"filing_id": str(no), "project_name": "耕地补贴", "project_category": "耕地补贴"} for no in towns],
        indicators=[{**_priced(name, prices[no], "元/亩"), "filing_id": str(no)} for no in towns],
    )
    assert bool(run_rule(core, "standard_of_others")) is fires


@pytest.mark.parametrize(
    ("other", "value", "sign", "method", "fires"),
    [
        ("图书更新数量", 1200, "=", "unmapped", True),
        ("图书更新数量", 900, "=", "unmapped", False),
        ("图书更新数量", 1200, "≥", "unmapped", False),
        ("图书更新数量", 1200, "=", "fuzzy", False),
    ],
)
def test_one_thing_has_one_number(other: str, value: int, sign: str, method: str, fires: bool) -> None:
    first = _counted("更新图书册数", "=", 900, "册", 1, name_method="unmapped")
    second = _counted(other, sign, value, "册", 2, name_method=method)
    rows = [{**row, "indicator": "图书更新数量"} for row in (first, second)]
    assert bool(run_rule(open_core(indicators=rows), "two_numbers_of_one")) is fires
