"""Of a project that was read in part only, no sentence says that something is missing."""

import duckdb
import pytest

from tests.places import ROOT

MODELS = ROOT / "sql" / "intermediate"


def query(path: str) -> str:
    return (MODELS / path).read_text(encoding="utf-8")


@pytest.fixture
def partly() -> duckdb.DuckDBPyConnection:
    """Two projects in one table, of which the second has an unread cell, and a third with a held sum in another filing."""
    connection = duckdb.connect()
    connection.execute("create schema staging; create schema intermediate")
    connection.execute(
        "create table staging.stg_projects as from (values ('a', 1, 1, 1), ('a', 2, 1, 9), ('b', 1, 1, 1))"
        " as t (filing_id, project_no, table_no, row_no)"
    )
    connection.execute(
        "create table staging.stg_unread_cells as from (values ('a', 1, 12, 3)) as t (filing_id, table_no, row_no, col_no)"
    )
    connection.execute(
        "create table staging.stg_doubts as from (values ('b', 1, 'two_values', 'open'), ('b', null, 'two_texts', 'open'))"
        " as t (filing_id, project_no, reason, decision)"
    )
    connection.execute(
        "create table staging.stg_doubt_reasons as from (values ('two_values', true), ('two_texts', false)) as t (reason, holds)"
    )
    connection.execute(
        f"create view intermediate.int_projects__partly_read as {query('records/int_projects__partly_read.sql')}"
    )
    return connection


def test_a_project_is_read_in_part_where_a_cell_is_unread_or_a_value_held(partly: duckdb.DuckDBPyConnection) -> None:
    found = partly.execute("select * from intermediate.int_projects__partly_read order by all").fetchall()
    assert found == [("a", 2), ("b", 1)]


def test_nothing_is_said_to_be_missing_of_a_project_read_in_part(partly: duckdb.DuckDBPyConnection) -> None:
    columns = "origin, filing_id, project_no, indicator_no, rule, severity, evidence, figures, difference"
    partly.execute(
        f"""create table intermediate.int_findings__read as from (values
            ('reader', 'a', 1, null, 'project_name_missing', 'warning', null, null, null),
            ('reader', 'a', 2, null, 'project_name_missing', 'warning', null, null, null),
            ('reader', 'a', null, null, 'money_unit_missing', 'warning', null, null, null)
        ) as t ({columns})"""
    )
    partly.execute(
        """create table staging.stg_rule_findings as from (values
            ('a', 1, 4, 'target_empty', null, null, null), ('a', 2, 5, 'target_empty', null, null, null),
            ('a', 2, 5, 'rate_above_100', null, null, null), ('b', 1, 1, 'cost_missing', null, null, null),
            ('a', 3, 6, 'rate_above_100', null, null, null)
        ) as t (filing_id, project_no, indicator_no, rule, evidence, figures, difference)"""
    )
    partly.execute(
        """create table staging.stg_rules as select rule, rule as title, 'error' as severity, '' as sentence, true as is_enabled
        from (select distinct rule from staging.stg_rule_findings)"""
    )
    partly.execute(
        """create table intermediate.int_filings__compared as select filing_id, 2024 as fiscal_year, '' as county,
        '' as township, '' as unit_code, '' as unit_name, 'targets' as doc_kind, '' as file_name
        from (values ('a'), ('b')) as t (filing_id)"""
    )
    partly.execute(
        "create table intermediate.int_projects__replaced as from (values ('a', 3)) as t (filing_id, project_no)"
    )
    found = partly.execute(
        f"select filing_id, project_no, rule from ({query('findings/int_findings__united.sql')}) order by all"
    ).fetchall()
    assert found == [("a", 1, "project_name_missing"), ("a", 1, "target_empty"), ("a", 2, "rate_above_100")]
