"""Each invariant with a filing that breaks it, and one that only looks so."""

from collections.abc import Sequence

from tests.transforms.grids import document
from transforms.filings import transform

TITLE = "2024年度项目支出绩效目标表"
HEADING = "一级指标|二级指标|三级指标|指标值"
ROWS = ["产出指标|数量指标|新栽行道树|≥40棵", "满意度指标|服务对象满意度指标|居民满意度|≥85%"]


def reasons(rows: Sequence[str], title: str = TITLE) -> list[tuple[str, str, int | None]]:
    return [(d.field, d.reason, d.indicator_no) for d in transform(document(title, list(rows))).doubts]


def test_a_filing_that_was_read_rightly_has_no_doubt() -> None:
    assert reasons(["项目名称|绿化|预算金额（万元）|30", HEADING, *ROWS]) == []


def test_names_that_come_from_another_column() -> None:
    rows = ["产出指标|数量指标|定量|≥40棵", "产出指标|质量指标|100|≥85%", "效益指标|社会效益指标|定量宣传|好"]
    assert reasons(["项目名称|绿化|<|<", HEADING, *rows]) == [
        ("indicator_raw", "name_is_no_name", 1),
        ("indicator_raw", "name_is_no_name", 2),
    ]


def test_one_name_in_every_row_is_no_name() -> None:
    rows = [f"产出指标|数量指标|沿街绿化|≥{count}棵" for count in (40, 50, 60)]
    assert [reason for _, reason, _ in reasons(["项目名称|绿化|<|<", HEADING, *rows])] == ["name_is_no_name"] * 3
    assert reasons(["项目名称|绿化|<|<", HEADING, *rows[:2]]) == []


def test_a_name_far_too_long() -> None:
    long = "沿街新栽行道树" * 9
    assert reasons(["项目名称|绿化|<|<", HEADING, f"产出指标|数量指标|{long}|≥40棵", ROWS[1]]) == [
        ("indicator_raw", "name_too_long", 1)
    ]


def test_a_level_that_no_taxonomy_knows() -> None:
    rows = ["产出指标|甲类事项|新栽行道树|≥40棵", "产出指标|数量指标（必填）|补栽|≥2棵", ROWS[1]]
    assert reasons(["项目名称|绿化|<|<", HEADING, *rows]) == [("level2", "level_unknown", 1)]


def test_indicators_that_begin_again_may_be_two_projects() -> None:
    rows = [*ROWS, ROWS[0].replace("40", "70"), ROWS[1]]
    assert reasons(["项目名称|绿化|<|<", HEADING, *rows]) == [("level1", "levels_begin_again", 3)]


def test_a_sign_column_of_which_no_target_has_a_sign() -> None:
    rows = [
        "项目名称|绿化|<|<|<",
        "一级指标|二级指标|三级指标|备注|指标值",
        "产出指标|数量指标|新栽行道树|≥|40棵",
        "产出指标|质量指标|成活率|≥|90%",
    ]
    found = reasons(rows)
    assert [one for one in found if one[1] == "sign_column_unread"] == [
        ("target_raw", "sign_column_unread", 1),
        ("target_raw", "sign_column_unread", 2),
    ]


def test_several_values_in_one_target() -> None:
    rows = ["产出指标|数量指标|新栽树木|40棵、30株", ROWS[1]]
    assert ("target_raw", "several_values", 1) in reasons(["项目名称|绿化|<|<", HEADING, *rows])


def test_a_part_above_its_total_and_stages_a_thousand_times_apart() -> None:
    part = ["项目名称|绿化|<|<", "预算金额（万元）|30|其中：财政拨款（万元）|300", HEADING, *ROWS]
    assert reasons(part) == [("fiscal_yuan", "part_above_total", None)]
    stages = ["项目名称|绿化|<|<", "年初预算数（万元）|30|全年执行数（元）|30", HEADING, *ROWS]
    assert reasons(stages) == [("budget_yuan", "amount_apart", None), ("executed_yuan", "amount_apart", None)]
    near = ["项目名称|绿化|<|<", "年初预算数（万元）|30|全年执行数（万元）|0.5", HEADING, *ROWS]
    assert reasons(near) == []


def test_a_budget_a_thousand_times_its_siblings() -> None:
    rows = ["项目名称|预算金额（万元）|一级指标|二级指标|三级指标|指标值"]
    rows += [
        f"项目{name}|{sum_}|产出指标|数量指标|事项|≥{n}个"
        for n, (name, sum_) in enumerate(zip("甲乙丙丁戊", (30, 20, 90000, 25, 28), strict=True))
    ]
    assert reasons(rows) == [("budget_yuan", "amount_apart", None)]
    assert reasons(rows[:5]) == []  # three others say nothing


def test_a_part_in_yuan_beside_a_total_in_ten_thousands() -> None:
    sums = "项目名称|绿化|预算金额（万元）|30|其中：财政拨款（{unit}）|{part}"
    assert reasons([sums.format(unit="元", part=30), HEADING, *ROWS]) == [("fiscal_yuan", "amount_apart", None)]
    assert reasons([sums.format(unit="元", part=300000), HEADING, *ROWS]) == []
    assert reasons([sums.format(unit="万元", part=30), HEADING, *ROWS]) == []


def test_a_cost_a_thousand_times_the_budget() -> None:
    rows = ["项目名称|绿化|预算金额（元）|3000", HEADING, *ROWS, "产出指标|成本指标|总成本|≤{cost}万元"]
    assert reasons([*rows[:-1], rows[-1].format(cost=300)]) == [("target_raw", "amount_apart", 3)]
    assert reasons([*rows[:-1], rows[-1].format(cost=3)]) == []


def test_an_amount_written_twice_in_one_cell_is_read_once_and_doubted() -> None:
    found = transform(document(TITLE, ["项目名称|绿化|预算金额|854万854万", HEADING, *ROWS]))
    assert found.projects[0].budget_yuan == 8540000
    assert [(d.field, d.reason) for d in found.doubts] == [("budget_yuan", "repeated_value")]


def test_digits_are_never_joined_over_a_gap() -> None:
    for text in ("7,00.0,77", "150 000", "15\n16", "12万元、8万元"):
        rows = [["项目名称", "绿化", "预算金额（万元）", text], HEADING.split("|"), *(row.split("|") for row in ROWS)]
        found = transform(document(TITLE, ["项目名称|绿化|<|<", HEADING, *ROWS]))
        assert found.projects[0].budget_yuan is None
        from tests.transforms.grids import grid

        project = transform(document(TITLE, grid(rows))).projects[0]
        assert (project.budget_yuan, project.budget_raw) == (None, text.replace("\n", "")), text


def test_a_text_that_is_another_field_s_label() -> None:
    rows = ["项目名称|绿化|<|<", "年度总体目标|预算金额：|<|<", HEADING, *ROWS]
    assert [one for one in reasons(rows) if one[1] == "text_is_label"] in (
        [],
        [("objective_text", "text_is_label", None)],
    )


def test_a_title_that_says_self_evaluation_without_what_was_reached() -> None:
    rows = ["项目名称|绿化|<|<", HEADING, *ROWS]
    assert reasons(rows, "2024年度项目支出绩效自评表") == [("doc_kind", "kind_against_title", None)]
    assert reasons(rows, "自评工作方案中的项目绩效目标") == []


def test_a_sign_in_a_cell_that_a_rule_leaves_out() -> None:
    rows = [
        "项目名称|绿化|<|<|<|<",
        "一级指标|二级指标|三级指标|指标值类型|指标值|计量单位",
        "产出指标|数量指标|新栽行道树|定量|40|棵",
        "产出指标|质量指标|成活率|定量|90|%",
        "产出指标|时效指标|完工率|定量|90|%",
        "效益指标|社会效益指标|环境改善率|≥|90|%",
    ]
    assert ("target_raw", "ignored_cell_holds_value", 4) in reasons(rows)
