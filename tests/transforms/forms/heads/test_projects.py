from decimal import Decimal

import pytest

from tests.transforms.grids import grid
from transforms.forms.heads.head import Head
from transforms.forms.heads.plan import find_month, parse_percent
from transforms.forms.heads.projects import read_head
from transforms.forms.ledger import Ledger


def head_of(rows: list[str]) -> tuple[Head, Ledger]:
    table, head, ledger = grid(rows), Head(), Ledger()
    ledger.open(table)
    read_head(table, range(table.n_rows), head, ledger)
    return head, ledger


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("3月底", 3),
        ("12月末", 12),
        ("10月", 10),
        ("第二季度", 6),
        ("一季度末", 3),
        ("上半年", 6),
        ("13月", None),
        ("三个月", None),
    ],
)
def test_months_of_a_plan(text: str, month: int | None) -> None:
    assert find_month(text) == month


def test_shares() -> None:
    assert parse_percent("25.5％") == Decimal("25.5")
    assert parse_percent("25万") is None


def test_label_and_value_side_by_side_and_in_one_cell() -> None:
    head, ledger = head_of(
        ["项目名称|道路维修|预算金额（万元）|17.12", "实施单位：青山县石桥镇人民政府|<|财政拨款：17.12|<"]
    )
    assert head.first("project_name").text == "道路维修"  # type: ignore[union-attr]
    assert head.first("amount_total").units == ["万元"]  # type: ignore[union-attr]
    assert head.first("unit_name").text == "青山县石桥镇人民政府"  # type: ignore[union-attr]
    assert head.first("amount_fiscal").text == "17.12"  # type: ignore[union-attr]
    assert ledger.unread_cells() == ()


def test_the_unit_of_a_group_label_reaches_its_rows() -> None:
    head, _ = head_of(["项目资金（万元）|年度资金总额：|0.81", "^|其中：财政拨款|0.80", "^|其他资金|0.01"])
    assert [head.first(role).units for role in ("amount_total", "amount_fiscal", "amount_other")] == [["万元"]] * 3  # type: ignore[union-attr]


def test_a_value_behind_a_blank_cell_belongs_to_its_label() -> None:
    head, ledger = head_of(
        ["项目名称||道路维修|", "主管部门|财政局|实施单位|石桥镇", "项目资金（万元）|年度资金总额：||0.81"]
    )
    assert head.first("project_name").text == "道路维修"  # type: ignore[union-attr]
    assert head.first("amount_total").text == "0.81"  # type: ignore[union-attr]
    assert ledger.unread_cells() == ()


def test_words_behind_a_blank_cell_are_no_amount() -> None:
    head, ledger = head_of(["项目资金（万元）|其他资金：||见附件"])
    assert head.first("amount_other") is None
    assert [cell.text for cell in ledger.unread_cells()] == ["见附件"]


def test_sums_of_some_months_are_not_the_budget() -> None:
    head, ledger = head_of(
        ["项目资金（万元）||年初预算数|1—7月执行数|执行率|全年预计执行数", "^|年度资金总额|149.3|70|47%|149.3"]
    )
    assert head.first("amount_total").text == "149.3"  # type: ignore[union-attr]
    assert head.first("column_executed") is None
    assert ledger.unread_cells() == ()


def test_a_text_that_only_begins_with_a_number_is_no_amount() -> None:
    head, _ = head_of(["项目资金|2024年安排|<", "项目资金|854万(道路400万元)|<"])
    assert head.first("amount_total").text == "854万(道路400万元)"  # type: ignore[union-attr]


def test_goals_of_two_periods_side_by_side() -> None:
    head, _ = head_of(["总体目标|实施期目标|年度目标", "^|三年修完|今年修一半"])
    assert head.first("goal").text == "今年修一半"  # type: ignore[union-attr]


def test_a_plan_may_stand_in_one_row() -> None:
    head, _ = head_of(["资金支出计划（%）|3月底|25%|6月底|100%"])
    assert {month: point.raw for month, point in head.plan.items()} == {3: "25%", 6: "100%"}


def test_the_budget_over_all_years_is_not_the_year_s() -> None:
    head, ledger = head_of(["项目资金（万元）|实施期资金总额|30|年度资金总额|10"])
    assert head.first("amount_total").text == "10"  # type: ignore[union-attr]
    assert {c.col_no: c.use for c in ledger.used_cells()}[3] == "ignored:whole_term_amount"


def test_a_band_of_sums_gives_its_unit_to_the_rows_below_it() -> None:
    head, _ = head_of(
        [
            "项目名称|防疫|<|<",
            "项目资金申请（万元）|<|<|<",
            "资金总额|20.49|财政拨款|19.25",
        ]
    )
    assert head.money_unit == "万元" and [v.text for v in head.values["amount_total"]] == ["20.49"]
