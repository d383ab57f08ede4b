"""Builds the analysts' database: the models that have news, the data tests, and only then the swap."""

import shutil
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.connection import quote_text, write_table
from warehouse.county.tables import CONFIG_FILES, read_county_tables
from warehouse.files import hash_file
from warehouse.home import Home
from warehouse.models.chinese import create_chinese_views
from warehouse.models.docs import document
from warehouse.models.files import (
    PREPARED,
    RULE_FINDINGS,
    SQL,
    Model,
    ModelError,
    read_models,
    read_rules,
    read_tests,
    sql_files,
    unite_rules,
)
from warehouse.models.keys import BrokenKeyError, declare_keys, write_keys
from warehouse.models.runs import ModelRun, ModelRuns
from warehouse.models.soundness import write_row_counts
from warehouse.models.states import attach_last, detach_last, hash_arrow, hash_texts, write_states
from warehouse.models.swap import (
    build_path,
    clear_build_place,
    database_link,
    is_current_build,
    last_build_id,
    open_build_place,
    rules_path,
    swap_in,
)
from warehouse.program import MODELS, program_version
from warehouse.schema import rejected_files, stored_tables

MEMORY_LIMIT = "3500MB"
SHOWN_ROWS = 5

_SCRATCH = ("staging", "intermediate", *PREPARED)
"""Schemas that live in memory while a build runs; the file holds core and mart only, and depends on no other file."""


class BuildRefusedError(Exception):
    """A data test failed or the county's files do not fit: the database stays as it was. The message is Chinese."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did; without news nothing is rebuilt and ``models`` is empty.

    ``model_seconds`` is the part of ``seconds`` in which models were made, two at a time.
    """

    database: Path
    rebuilt: bool
    seconds: float
    model_seconds: float = 0.0
    models: tuple[ModelRun, ...] = ()


def build_database(home: Path, folder: Path = SQL) -> BuildReport:
    """Build ``<home>/county.duckdb`` from the Parquet store where anything that it is made of has changed.

    Models whose inputs are those of the last build are taken over from it. Raises BuildRefusedError where a data test
    fails; the old database then stays. Raises CountyFileError where a file in ``<home>/config`` has a mistake, and
    ModelError where the SQL files do not fit together.
    """
    started = time.monotonic()
    build_id = identify_build(home, folder)
    if is_current_build(home, build_id):
        clear_build_place(home)
        return BuildReport(database_link(home), False, time.monotonic() - started)
    last_id = last_build_id(home)
    try:
        seconds, made = _build(home, folder, build_id, last_id)
    except ModelError:
        if last_id is None:
            raise
        # The last build opens, but a block of it may be damaged: nothing is taken over then.
        seconds, made = _build(home, folder, build_id, None)
    return BuildReport(database_link(home), True, time.monotonic() - started, seconds, made)


def _build(home: Path, folder: Path, build_id: str, last_id: str | None) -> tuple[float, tuple[ModelRun, ...]]:
    """Make a build beside the last one and swap it in; give the seconds that the models took, and the models."""
    place = open_build_place(home)
    database, rules = place / "county.duckdb", place / "rules.duckdb"
    try:
        with closing(duckdb.connect(str(database), config={"fsync_mode": "none"})) as connection:
            runs, made = make_models(connection, home, folder, str(rules), last_id)
            check_build(connection, runs.tests_with_news)
            _declare_keys(connection, folder)
            document(connection, read_models(folder), folder, runs.columns)
            write_keys(connection, folder)
            create_chinese_views(connection)
            write_states(connection, runs.states)
            write_row_counts(connection)
            for schema in (*_SCRATCH, "rules"):
                connection.execute(f"detach {schema}")
            connection.execute("checkpoint")  # what is not in the file by now would be lost without a word
        swap_in(home, database, rules, build_id)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return runs.seconds, made


def _declare_keys(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    try:
        declare_keys(connection, folder)
    except BrokenKeyError as error:
        raise BuildRefusedError(
            f"数据检验未通过，数据库保持上一次的完整版本，没有改变。请把以下内容转交维护人员：\n  {error}"
        ) from error


def identify_build(home: Path, folder: Path = SQL) -> str:
    """Hash all that a build is made of: Parquet parts, SQL files, the county's files, this code, DuckDB's version."""
    return hash_texts(f"{name} {content}" for name, content in _hash_inputs(home, folder).items())[:16]


def _hash_inputs(home: Path, folder: Path) -> dict[str, str]:
    files = [(path.relative_to(home).as_posix(), path) for path in sorted(Home(home).parquet.rglob("*.parquet"))]
    config = Home(home).config
    files += [(f"config/{name}", config / name) for name in CONFIG_FILES if (config / name).exists()]
    files += [(f"sql/{path.relative_to(folder).as_posix()}", path) for path in sql_files(folder)]
    program = {"duckdb": duckdb.__version__, "program": program_version(MODELS)}
    return {**program, **{name: hash_file(path) for name, path in files}}


def make_models(
    connection: duckdb.DuckDBPyConnection,
    home: Path,
    folder: Path = SQL,
    rules: str = ":memory:",
    last_id: str | None = None,
    asked: Collection[str] | None = None,
) -> tuple[ModelRuns, tuple[ModelRun, ...]]:
    """Make every model in an empty database, from a home's Parquet parts and county files and from its last build.

    ``rules`` is the file that gets what the rules find, ``last_id`` names the build to take over from. ``asked`` names
    the tables that are asked for where not all are. The steps on the way are left only where a data test reads them.
    """
    hashes = _hash_inputs(home, folder)
    connection.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
    connection.execute(f"set temp_directory = {quote_text(str(Home(home).building / 'spill'))}")
    for schema in _SCRATCH:
        connection.execute(f"attach ':memory:' as {schema}")
    connection.execute(f"attach {quote_text(rules)} as rules")
    for schema in ("core", "mart"):
        connection.execute(f"create schema {schema}")
    leaves = _prepare_stored(connection, home, hashes)
    config = _read_config(connection, Home(home).config, folder)
    for name, table in config.items():
        write_table(connection, f"config.{name}", table)
        leaves[f"config.{name}"] = hash_arrow(table)
    last = attach_last(connection, build_path(home, last_id), rules_path(home, last_id)) if last_id else {}
    program = hash_texts(f"{name} {hashes[name]}" for name in ("duckdb", "program"))
    runs = ModelRuns(
        _with_rules(read_models(folder), config["rules"], folder), read_tests(folder), leaves, last, program, asked
    )
    made = tuple(runs.run(connection))
    detach_last(connection)
    return runs, made


def _prepare_stored(connection: duckdb.DuckDBPyConnection, home: Path, hashes: Mapping[str, str]) -> dict[str, str]:
    """Make a view of each stored table, its parts always in the same order; give the hash of each."""
    leaves = {}
    for name in (*stored_tables(), rejected_files().name):
        parts = [part for part in hashes if part.startswith(f"parquet/{name}/")]
        paths = ", ".join(quote_text(_escape_glob(home.resolve() / part)) for part in parts)
        connection.execute(
            f"create view stored.{name} as select * from read_parquet([{paths}], hive_partitioning = false)"
        )
        leaves[f"stored.{name}"] = hash_texts(f"{part} {hashes[part]}" for part in parts)
    return leaves


def _read_config(connection: duckdb.DuckDBPyConnection, config: Path, folder: Path) -> dict[str, pa.Table]:
    filed = connection.execute("select distinct township, unit_code from stored.filings").fetchall()
    indicators = connection.execute(
        "select distinct indicator_raw, indicator, target_kind from stored.indicators"
    ).fetchall()
    return read_county_tables(config, folder, filed, indicators)


def _with_rules(models: Iterable[Model], settings: pa.Table, folder: Path) -> Iterator[Model]:
    """Put the rules that are switched on before their findings; raises ModelError where the catalogue lacks one."""
    rules = read_rules(folder)
    rows = settings.to_pylist()
    if names := {rule.table for rule in rules} ^ {row["rule"] for row in rows if row["sentence"] is not None}:
        raise ModelError(f"sql/rules: catalogue.csv and the rules' files differ in {', '.join(sorted(names))}")
    switched_on = {row["rule"] for row in rows if row["is_enabled"]}
    for model in models:
        if model.name == RULE_FINDINGS:
            yield from unite_rules([rule for rule in rules if rule.table in switched_on], folder)
        else:
            yield model


def check_build(connection: duckdb.DuckDBPyConnection, tests: Iterable[Model]) -> None:
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


def _escape_glob(path: Path) -> str:
    """Keep brackets and stars in a path from being read as patterns."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in path.as_posix())
