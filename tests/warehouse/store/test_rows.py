from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.warehouse.invented_filings import filing, project
from transforms.records import FilingRecords, UsedCell
from warehouse.schema import stored_tables
from warehouse.store.rows import InboxFact, hash_content, records_to_tables

FACT = InboxFact("a" * 64, "一.docx", "docx", 3, datetime(2023, 1, 2, 8, 0, tzinfo=UTC))


def rows(records: FilingRecords, table: str) -> list[dict[str, object]]:
    return records_to_tables(FACT, records)[table].to_pylist()


def test_every_table_has_its_schema_even_without_rows() -> None:
    tables = records_to_tables(FACT, filing())
    assert list(tables) == list(stored_tables())
    for name, table in tables.items():
        assert table.schema.equals(stored_tables()[name].schema)
    assert len(tables["filings"]) == 1 and len(tables["projects"]) == 0


def test_figures_stand_beside_their_text() -> None:
    goals = [("成本指标", "每村分配金额", "≤0.75万元"), ("时效指标", "完成时间", "2023年12月底前")]
    indicators = rows(filing(projects=[project(budget="149250.5", goals=goals)]), "indicators")
    cost, deadline = indicators
    assert (cost["target_raw"], cost["value_high"], cost["unit"]) == ("≤0.75万元", Decimal("7500.000000"), "元")
    assert cost["unit_family"] == "money" and cost["value_low"] is None
    assert deadline["due_date"] == date(2023, 12, 31)
    assert rows(filing(projects=[project(budget="149250.5")]), "projects")[0]["budget_yuan"] == Decimal("149250.50")


def test_a_self_evaluation_keeps_target_and_actual_apart() -> None:
    goals, actuals = [("数量指标", "培训人数", "≥100人")], [("90人", "10", "9")]
    row = rows(filing(projects=[project(goals=goals, actuals=actuals)]), "indicators")[0]
    assert (row["value_low"], row["actual_value_low"], row["actual_raw"]) == (100, 90, "90人")
    assert (row["weight"], row["score"]) == (10, 9)


@pytest.mark.parametrize("budget", ["1" + "0" * 12, "9" * 40, "1e30"])
def test_a_number_without_room_is_left_out_and_reported(budget: str) -> None:
    tables = records_to_tables(FACT, filing(projects=[project(budget=budget)]))
    stored = tables["projects"].to_pylist()[0]
    assert stored["budget_yuan"] is None and stored["budget_raw"] == budget
    findings = tables["findings"].to_pylist()
    assert {(row["rule"], row["project_no"]) for row in findings} == {("number_too_large", 1)}
    assert [row["finding_no"] for row in findings] == list(range(1, len(findings) + 1))


def test_half_characters_do_not_stop_the_filing() -> None:
    stored = rows(filing(projects=[project(purpose="用途\ud83d一")]), "projects")[0]
    assert stored["purpose"] == "用途\ufffd一"


def test_content_hash_ignores_blanks_and_places_but_no_figure() -> None:
    one = filing(projects=[project(purpose="办公 用品\n购置")])
    other = filing(projects=[project(purpose="办公用品购置")])
    assert hash_content(one) == hash_content(other)
    assert hash_content(one) != hash_content(filing(projects=[project(budget="100001", purpose="办公用品购置")]))


@pytest.mark.parametrize(
    "field", ["carryover_raw", "adjusted_raw", "executed_raw", "execution_rate_raw", "total_score_raw"]
)
def test_a_correction_of_any_sum_is_no_twin(field: str) -> None:
    one = filing(projects=[project()])
    project_of = replace(one.projects[0], **{field: "9.00"})  # type: ignore[arg-type]
    assert hash_content(one) != hash_content(replace(one, projects=(project_of,)))


@pytest.mark.parametrize(
    ("township", "unit", "filer"), [("甲镇", "甲镇政府", "甲镇"), (None, "县水务局", "县水务局"), (None, None, "一")]
)
def test_every_filing_has_a_filer(township: str | None, unit: str | None, filer: str) -> None:
    whole = filing()
    head = replace(whole.filing, township=township, unit_name=unit)
    assert rows(replace(whole, filing=head), "filings")[0]["filer"] == filer


def test_a_cell_stands_once_for_each_record_read_from_it_and_ignored_ones_not_at_all() -> None:
    cells = (
        UsedCell(2, 1, 4, 1, "level1", "level1", 1, 1),
        UsedCell(2, 1, 4, 1, "level1", "level1", 1, 2),
        UsedCell(2, 1, 1, 1, "ignored:heading"),
    )
    stored = rows(replace(filing(), used_cells=cells), "used_cells")
    assert [(row["page"], row["row_no"], row["field"], row["indicator_no"]) for row in stored] == [
        (2, 4, "level1", 1),
        (2, 4, "level1", 2),
    ]
