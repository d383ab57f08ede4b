"""Builds the stored tables in memory, as the rules read them, and runs a review rule over them."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa

from tests.places import ROOT
from warehouse.county.mistakes import Mistakes
from warehouse.county.polarity import read_polarities
from warehouse.schema import stored_tables

RULES = ROOT / "sql" / "rules"
Row = Mapping[str, object]
Found = tuple[int | None, int | None, str, float | None, str | None]
"""project_no, indicator_no, figures, difference, evidence."""

_DEFAULTS: dict[str, dict[str, object]] = {
    "filings": {
        "filing_id": "a",
        "file_name": "a.docx",
        "format": "docx",
        "county": "青禾县",
        "township": "石臼镇",
        "division_code": "139901",
        "fiscal_year": 2024,
        "doc_kind": "targets",
        "is_current": True,
        "received_at": datetime(2024, 1, 1, tzinfo=UTC),
    },
    "projects": {
        "filing_id": "a",
        "project_no": 1,
        "project_name": "村级运转经费",
        "project_category": "村级运转经费",
        "is_carryover": False,
    },
    "indicators": {"filing_id": "a", "project_no": 1, "indicator_no": 1, "indicator_raw": "某指标"},
    "objectives": {"filing_id": "a", "project_no": 1, "objective_no": 1},
    "spending_plan": {"filing_id": "a", "project_no": 1},
    "statements": {"filing_id": "a", "project_no": 1},
    "narrative_goals": {"filing_id": "a", "section": "goal", "goal_no": 1, "title": "基层党建"},
}


def open_core(**tables: Iterable[Row]) -> duckdb.DuckDBPyConnection:
    """Open a database with the staging tables; rows give only what a test is about."""
    connection = duckdb.connect()
    connection.execute("create schema staging")
    for name, spec in stored_tables().items():
        rows = [_exact({**_DEFAULTS.get(name, {}), **row}) for row in tables.get(name, ())]
        if name == "filings" and not rows:
            rows = [_DEFAULTS["filings"]]
        unknown = {column for row in rows for column in row} - set(spec.schema.names)
        assert not unknown, f"{name} has no {unknown}"
        add_rows(connection, name, [pa.Table.from_pylist(rows, schema=spec.schema)])
    return connection


def open_steps() -> duckdb.DuckDBPyConnection:
    """Open a database with empty tables and all steps that rules read."""
    connection = open_core()
    _make_steps(connection)
    return connection


def _exact(row: Row) -> dict[str, object]:
    return {name: Decimal(str(value)) if isinstance(value, float) else value for name, value in row.items()}


def add_rows(connection: duckdb.DuckDBPyConnection, name: str, rows: list[pa.Table]) -> None:
    """Make staging.stg_<name> of Arrow tables."""
    connection.register("rows", pa.concat_tables(rows))
    connection.execute(f"create table staging.stg_{name} as select * from rows")
    connection.unregister("rows")


def run_rule(connection: duckdb.DuckDBPyConnection, rule: str) -> list[Found]:
    """Give what a rule finds, in the order of the places."""
    _make_steps(connection)
    text = rule_path(rule).read_text(encoding="utf-8")
    found = connection.execute(
        f"select project_no, indicator_no, figures, cast(difference as double), evidence from (\n{text}\n)"
        " order by all nulls first"
    ).fetchall()
    return [(row[0], row[1], row[2], row[3], row[4]) for row in found]


def _make_steps(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the steps that rules read besides the stored tables: which way an indicator is good, what was met."""
    if connection.execute("select 1 from duckdb_schemas() where schema_name = 'intermediate'").fetchall():
        return
    connection.execute("create schema intermediate")
    names = connection.execute(
        "select distinct indicator_raw, indicator, target_kind from staging.stg_indicators"
    ).fetchall()
    polarities = read_polarities(ROOT / "sql" / "polarity", ROOT / "no such folder", names, Mistakes())
    connection.register("rows", polarities)
    connection.execute("create table staging.stg_polarities as select * from rows")
    for name in (
        "int_indicators__polarity",
        "int_actuals__met",
        "int_costs__counted",
        "int_projects__keyed",
        "int_projects__periods",
        "int_texts__counted",
    ):
        (path,) = (ROOT / "sql" / "intermediate").rglob(f"{name}.sql")
        connection.execute(f"create view intermediate.{name} as {path.read_text(encoding='utf-8')}")


def rule_path(rule: str) -> Path:
    """Find the file of a rule, whichever dimension's folder it stands in."""
    (path,) = RULES.rglob(f"{rule}.sql")
    return path


def places(connection: duckdb.DuckDBPyConnection, rule: str) -> list[tuple[int | None, int | None]]:
    """Give only where a rule fires."""
    return [(project_no, indicator_no) for project_no, indicator_no, *_ in run_rule(connection, rule)]
