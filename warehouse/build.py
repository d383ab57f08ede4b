"""Builds the analysts' database: the models in order, the data tests, and only then the swap."""

import hashlib
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.connection import count_rows, quote_text, write_table
from warehouse.county_tables import CONFIG_FILES, read_county_tables
from warehouse.models import (
    PREPARED,
    RULE_FINDINGS,
    SQL,
    Model,
    ModelError,
    read_models,
    read_rules,
    read_tests,
    sql_files,
)
from warehouse.models_docs import document
from warehouse.schema import rejected_files, stored_tables
from warehouse.store_files import hash_file
from warehouse.swap import database_link, is_current_build, open_build_place, swap_in

MEMORY_LIMIT = "3GB"
SHOWN_ROWS = 5

_SCRATCH = ("staging", "intermediate", "rules", *PREPARED)
"""Schemas that live in memory while a build runs; the file holds core and mart only, and depends on no other file."""

_CODE = ("build.py", "connection.py", "county_tables.py", "models.py", "models_docs.py", "models_lineage.py")
"""Files beside this one that decide what a build holds."""

_RULE_FINDINGS = """
    create table rules.findings (
        rule varchar, filing_id varchar, project_no integer, indicator_no integer,
        evidence varchar, figures varchar, difference decimal(24, 6)
    )
"""


class BuildRefusedError(Exception):
    """A data test failed or the county's files do not fit: the database stays as it was. The message is Chinese."""


@dataclass(frozen=True, slots=True)
class ModelRun:
    """One model of a build; ``rows`` is None for views."""

    name: str
    rows: int | None
    seconds: float


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did; without news nothing is rebuilt and ``models`` is empty."""

    database: Path
    rebuilt: bool
    seconds: float
    models: tuple[ModelRun, ...] = ()


def build_database(home: Path, folder: Path = SQL) -> BuildReport:
    """Build ``<home>/county.duckdb`` from the Parquet store where anything that it is made of has changed.

    Raises BuildRefusedError where a data test fails; the old database then stays. Raises CountyFileError where a file in
    ``<home>/config`` has a mistake, and ModelError where the SQL files do not fit together.
    """
    started = time.monotonic()
    build_id = identify_build(home, folder)
    if is_current_build(home, build_id):
        return BuildReport(database_link(home), False, time.monotonic() - started)
    place = open_build_place(home)
    try:
        with closing(duckdb.connect(str(place))) as connection:
            models = read_models(folder)
            runs = tuple(run_models(connection, home, models, folder))
            document(connection, models, folder)
            check_build(connection, read_tests(folder))
            for schema in _SCRATCH:
                connection.execute(f"detach {schema}")
        link = swap_in(home, place, build_id)
    finally:
        place.unlink(missing_ok=True)
    return BuildReport(link, True, time.monotonic() - started, runs)


def identify_build(home: Path, folder: Path = SQL) -> str:
    """Hash all that a build is made of: Parquet parts, SQL files, the county's files, this code, DuckDB's version."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    files = [(path.relative_to(home).as_posix(), path) for path in sorted((home / "parquet").rglob("*.parquet"))]
    files += [(f"config/{name}", home / "config" / name) for name in CONFIG_FILES if (home / "config" / name).exists()]
    files += [(path.relative_to(folder).as_posix(), path) for path in sql_files(folder)]
    files += [(f"warehouse/{name}", Path(__file__).with_name(name)) for name in _CODE]
    for name, path in files:
        digest.update(f"{name} {hash_file(path)}\n".encode())
    return digest.hexdigest()[:16]


def run_models(
    connection: duckdb.DuckDBPyConnection, home: Path, models: list[Model], folder: Path = SQL
) -> Iterator[ModelRun]:
    """Make every model in an empty database, from a home's Parquet parts and county files; yield each when it is made."""
    connection.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
    connection.execute(f"set temp_directory = {quote_text(str(home / 'builds' / 'building.spill'))}")
    for schema in _SCRATCH:
        connection.execute(f"attach ':memory:' as {schema}")
    for schema in ("core", "mart"):
        connection.execute(f"create schema {schema}")
    _prepare_stored(connection, home / "parquet")
    _prepare_config(connection, home / "config", folder)
    for model in models:
        started = time.monotonic()
        rows = _run_rules(connection, folder) if model.name == RULE_FINDINGS else _run_model(connection, model)
        yield ModelRun(model.name, rows, time.monotonic() - started)


def _prepare_stored(connection: duckdb.DuckDBPyConnection, parquet: Path) -> None:
    for name in (*stored_tables(), rejected_files().name):
        pattern = quote_text(f"{_escape_glob(parquet.resolve())}/{name}/**/*.parquet")
        connection.execute(
            f"create view stored.{name} as select * from read_parquet({pattern}, hive_partitioning = false)"
        )


def _prepare_config(connection: duckdb.DuckDBPyConnection, config: Path, folder: Path) -> None:
    filed = connection.execute("select distinct township, unit_code from stored.filings").fetchall()
    catalogue = folder / "rules" / "catalogue.csv"
    for name, table in read_county_tables(config, catalogue, filed).items():
        write_table(connection, f"config.{name}", table)


def _run_model(connection: duckdb.DuckDBPyConnection, model: Model) -> int | None:
    kind = "view" if model.schema == "staging" else "table"
    try:
        connection.execute(f"create {kind} {model.name} as\n{model.text}")
    except duckdb.Error as error:
        raise ModelError(f"{model.path.name}: {error}") from error
    return None if kind == "view" else count_rows(connection, model.name)


def _run_rules(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    connection.execute(_RULE_FINDINGS)
    listed = {
        row[0] for row in connection.execute("select rule from config.rules where sentence is not null").fetchall()
    }
    rules = read_rules(folder)
    if names := {rule.table for rule in rules} ^ listed:
        raise ModelError(f"sql/rules: catalogue.csv and the rules' files differ in {', '.join(sorted(names))}")
    switched_on = {row[0] for row in connection.execute("select rule from config.rules where is_enabled").fetchall()}
    for rule in rules:
        if rule.table not in switched_on:
            continue
        try:
            connection.execute(
                f"insert into rules.findings by name select {quote_text(rule.table)} as rule, * from (\n{rule.text}\n)"
            )
        except duckdb.Error as error:
            raise ModelError(f"{rule.path.name}: {error}") from error
    return count_rows(connection, RULE_FINDINGS)


def check_build(connection: duckdb.DuckDBPyConnection, tests: list[Model]) -> None:
    """Run the data tests; raises BuildRefusedError naming each that returns rows, with the first of them."""
    failures = []
    for test in tests:
        try:
            result = connection.execute(f"select *, count(*) over () from (\n{test.text}\n) limit {SHOWN_ROWS}")
            rows = result.fetchall()
        except duckdb.Error as error:
            raise ModelError(f"{test.path.name}: {error}") from error
        if rows:
            columns = [column[0] for column in result.description or ()][:-1]
            shown = "\n".join(f"    {dict(zip(columns, row[:-1], strict=True))}" for row in rows)
            failures.append(f"  {test.table}（{test.grain}）：{rows[0][-1]} 行\n{shown}")
    if failures:
        raise BuildRefusedError(
            "数据检验未通过，数据库保持上一次的完整版本，没有改变。请把以下内容转交维护人员：\n" + "\n".join(failures)
        )


def _escape_glob(folder: Path) -> str:
    """Keep brackets and stars in a folder's name from being read as patterns."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in folder.as_posix())
