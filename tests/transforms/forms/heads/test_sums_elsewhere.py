"""Sums and plans that stand elsewhere than beside their label: in lists, beside last year's, in lines, in other tables."""

import pytest

from tests.transforms.grids import document
from transforms.filings import transform
from transforms.records import FilingRecords

ROWS = ["一级指标|二级指标|三级指标|指标值", "产出指标|数量指标|清淤长度|≥5公里", "效益指标|社会效益指标|农户受益|明显"]


def _read(*blocks: str | list[str], file: str = "石桥镇2024.docx") -> FilingRecords:
    return transform(document("石桥镇2024年项目绩效目标表", *blocks, file_name=file))


def _plan(records: FilingRecords) -> list[tuple[int, object]]:
    return [(point.month, point.cumulative_pct) for point in records.spending_plan]


HEAD = ["项目名称|渠道清淤|<|<", "年度预算（万元）|30|财政资金|30"]


@pytest.mark.parametrize(
    ("heading", "rows"),
    [
        ("季度末|计划支出（万元）|累计进度（%）", ("3月末|6|20%", "6月末|9|50%", "9月末|9|80%", "12月末|6|100%")),
        ("时间|占比|金额", ("一季度|20|6", "二季度|30|9", "三季度|30|9", "四季度|20|6")),
    ],
)
def test_a_plan_may_be_listed_downwards(heading: str, rows: tuple[str, ...]) -> None:
    records = _read(HEAD, "用款计划", [heading, *rows], ROWS)
    assert _plan(records) == [(3, 20), (6, 50), (9, 80), (12, 100)]
    assert records.unread_cells == () and [p.budget_yuan for p in records.projects] == [300000]


def test_a_plan_listed_inside_the_head_is_no_column_of_sums() -> None:
    records = _read([*HEAD, "用款计划|时间|金额（万元）|累计（%）", "^|6月底|15|50", "^|12月底|15|100"], ROWS)
    assert _plan(records) == [(6, 50), (12, 100)]


def test_a_table_between_head_and_indicators_that_was_not_understood_is_unread() -> None:
    records = _read(HEAD, ["分项|数额", "材料|20", "人工|10"], ROWS)
    assert {cell.text for cell in records.unread_cells} == {"分项", "数额", "材料", "20", "人工", "10"}


def test_this_year_s_sums_beside_last_year_s() -> None:
    records = _read(
        [
            "项目名称|渠道清淤|<|<",
            "资金（元）|来源|上年预算|本年预算",
            "^|预算总额|100,000|300,000",
            "^|其中：财政拨款|90,000|280,000",
            "^|其他资金|10,000|20,000",
        ],
        ROWS,
    )
    project = records.projects[0]
    assert (project.budget_yuan, project.fiscal_yuan, project.other_yuan) == (300000, 280000, 20000)
    assert {c.use for c in records.used_cells if (c.table_no, c.row_no, c.col_no) == (1, 3, 3)} == {"ignored:last_year"}


def test_the_filing_s_own_year_of_sums_by_year() -> None:
    records = _read(
        ["项目名称|渠道清淤|<|<|<", "分年度预算（万元）|实施期总额|2023年|2024年|2025年", "^|90|20|30|40"], ROWS
    )
    assert [p.budget_yuan for p in records.projects] == [300000]
    assert records.doubts == () and records.unread_cells == ()


def test_sums_as_columns_in_a_table_of_their_own() -> None:
    records = _read(
        ["项目名称|渠道清淤", "资金构成（万元）|", "年度目标|水流畅通"],
        ["总计|一般公共预算拨款|上年结转|其他资金", "30|25|2|3"],
        ROWS,
    )
    project = records.projects[0]
    assert (project.budget_yuan, project.carryover_yuan, project.other_yuan) == (300000, 20000, 30000)


def test_a_note_above_a_list_of_projects_is_no_project() -> None:
    records = _read(
        [
            "导出时间：|2023-12-03 9:30|||单位：元||||",
            "项目编码|项目名称|资金总额|财政拨款|其他资金|一级指标|二级指标|指标名称|指标值",
            "|合计|300,000.00|280,000.00|20,000.00||||",
            "A1|渠道清淤|300,000.00|280,000.00|20,000.00|产出指标|数量指标|清淤长度|≥5公里",
            "|||||产出指标|质量指标|合格率|≥95%",
        ]
    )
    assert [(p.project_name, p.budget_yuan, p.other_yuan) for p in records.projects] == [("渠道清淤", 300000, 20000)]


def test_a_budget_in_a_sentence_above_the_table() -> None:
    records = _read("一、渠道清淤", "（一）项目概况。本项目由我镇组织实施，项目预算30.5万元，来源为县级资金。", ROWS)
    assert [p.budget_yuan for p in records.projects] == [305000] and records.doubts == ()
    assert records.projects[0].budget_raw == "30.5万元"


def test_several_sums_in_sentences_are_a_doubt_and_no_budget() -> None:
    records = _read("一、渠道清淤", "项目预算30万元，其中第一期20万元，第二期10万元。", ROWS)
    assert [p.budget_yuan for p in records.projects] == [None]
    assert [(d.field, d.reason, d.project_no) for d in records.doubts] == [("budget_yuan", "amount_in_text", 1)]


def test_this_year_s_sums_beside_the_whole_term_s() -> None:
    records = _read(
        [
            "专项名称|渠道清淤|<|<",
            "资金情况（万元）||实施期金额|年度金额",
            "^|资金总额|90|30",
            "^|其中：上级补助|60|20",
            "^|其他资金|6|2",
        ],
        ROWS,
    )
    project = records.projects[0]
    assert (project.budget_yuan, project.other_yuan) == (300000, 20000)
    assert records.doubts == () and records.unread_cells == ()


def test_a_sum_beside_another_that_was_not_understood_is_doubted() -> None:
    records = _read(
        ["项目名称|渠道清淤|<|<", "预算数（万元）|30|其他资金|2", "备用一栏|<|<|<", "上级补助资金|5|7|"], ROWS
    )
    assert records.doubts == ()
    records = _read(["项目名称|渠道清淤|<", "预算数（万元）|30|28", "其他资金（万元）|2|1"], ROWS)
    assert {(d.field, d.reason, d.value_read) for d in records.doubts} == {
        ("budget_raw", "two_values", "28"),
        ("other_raw", "two_values", "1"),
    }


FUNDS = [
    "项目名称|渠道清淤|<|<",
    "资金来源（万元）|金额|<|<",
    "资金总额|30|<|<",
    "一般公共预算|20|<|<",
    "政府性基金|{fund}|<|<",
    "其他资金|2|<|<",
]


@pytest.mark.parametrize(("fund", "fiscal", "raw"), [("8", 280000, "20＋8"), ("7", 200000, "20")])
def test_government_funds_are_fiscal_money_where_all_parts_make_up_the_total(fund: str, fiscal: int, raw: str) -> None:
    records = _read([row.format(fund=fund) for row in FUNDS], ROWS)
    project = records.projects[0]
    assert (project.budget_yuan, project.fiscal_yuan, project.fiscal_raw) == (300000, fiscal, raw)


def test_a_word_of_a_change_is_no_sum_that_nobody_can_read() -> None:
    records = _read(["项目名称|渠道清淤|<|<|<", "预算金额（万元）|调整前|30|调整后|28"], ROWS)
    assert not [finding for finding in records.findings if finding.rule == "amount_unreadable"]
    assert [p.budget_yuan for p in records.projects] == [300000], "the budget is the one at the start of the year"
    assert [cell.text for cell in records.unread_cells] == ["调整前", "调整后", "28"]
