import pyarrow as pa
import pytest

from warehouse.schema import conform, rejected_files, stored_tables

# Contract, section 3: these columns, in this order; what the store adds stands behind or among them.
CONTRACT = {
    "filings": "filing_id file_name format county township division_code unit_code unit_name fiscal_year doc_kind "
    "taxonomy overall_goal page_count received_at is_current supersedes",
    "projects": "filing_id project_no project_code project_name project_category budget_yuan fiscal_yuan "
    "carryover_yuan other_yuan purpose page table_no row_no",
    "spending_plan": "filing_id project_no month cumulative_pct page table_no row_no",
    "objectives": "filing_id project_no objective_no objective_text page table_no row_no",
    "indicators": "filing_id project_no indicator_no level1 level2 level2_group indicator_raw indicator description "
    "target_raw target_kind comparator comparator_stated value_low value_high unit base_value_low base_value_high "
    "base_unit due_date grade weight basis actual_raw page table_no row_no",
    "narrative_goals": "filing_id section goal_no title goal_text indicator_text target_raw target_kind comparator "
    "comparator_stated value_low value_high unit due_date grade page table_no row_no",
    "findings": "filing_id project_no indicator_no rule severity message evidence page table_no row_no",
    "unread_cells": "filing_id page table_no row_no col_no text reason",
    "rejected_files": "file_name sha256 reason detail rejected_at",
}


@pytest.mark.parametrize("name", CONTRACT)
def test_tables_have_the_columns_of_the_contract(name: str) -> None:
    spec = {**stored_tables(), "rejected_files": rejected_files()}[name]
    wanted = CONTRACT[name].split()
    assert [column for column in spec.schema.names if column in wanted] == wanted


def test_money_is_exact() -> None:
    for spec in stored_tables().values():
        for field in spec.schema:
            if field.name.endswith("_yuan"):
                assert field.type == pa.decimal128(18, 2), field.name
            assert not pa.types.is_floating(field.type), field.name


def test_an_older_table_gets_todays_columns() -> None:
    older = pa.table({"objective_no": [1], "gone": ["x"], "filing_id": ["a"], "project_no": [2]})
    table = conform(older, stored_tables()["objectives"].schema)
    assert table.schema.equals(stored_tables()["objectives"].schema)
    assert table.to_pylist()[0] | {"filing_id": "a", "project_no": 2, "objective_text": None} == table.to_pylist()[0]
