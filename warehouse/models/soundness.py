"""Whether a build is whole: what it holds is counted while it is made, and counted again in the file before it counts.

DuckDB keeps tables in a log beside the file until a checkpoint, and a checkpoint that fails while a connection closes
raises nothing: a file may lack all of its tables and open without a word.
"""

import json
import logging
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.connection import count_rows, write_table
from warehouse.files import hash_file, write_bytes
from warehouse.schema import TEXT

ROWS = "rules.table_rows"
"""The table, beside what the rules find, that says how many rows each table of the build has."""

_ROWS = pa.schema([("name", TEXT), ("rows", pa.int64())])
_TABLES = """
select schema_name || '.' || table_name
from duckdb_tables()
where database_name = current_database() and schema_name in ('core', 'mart')
order by all
"""


log = logging.getLogger("jixiao")


class UnsoundBuildError(Exception):
    """A build's file cannot be opened, or does not hold what was made; the message (Chinese) names the file."""


def write_row_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Count the rows of every table of the build under way, and remember them beside what the rules find."""
    names = [str(name) for (name,) in connection.execute(_TABLES).fetchall()]
    counts = {name: count_rows(connection, name) for name in names}
    rows = pa.table({"name": list(counts), "rows": list(counts.values())}, schema=_ROWS)
    write_table(connection, ROWS, rows)
    return counts


def check_sound(database: Path, rules: Path) -> None:
    """Open a build as readers will and count its rows; raises UnsoundBuildError where they are not those remembered.

    This reads no table as a whole; ``check_bytes`` does.
    """
    remembered = read_row_counts(rules)
    if not remembered:
        raise UnsoundBuildError(f"{rules.name} 中没有记下任何表")
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            names = {str(name) for (name,) in connection.execute(_TABLES).fetchall()}
            lacking = sorted(remembered.keys() - names)
            if lacking:
                raise UnsoundBuildError(f"{database.name} 缺少 {'、'.join(lacking)}")
            for name, rows in remembered.items():
                if (found := count_rows(connection, name)) != rows:
                    raise UnsoundBuildError(f"{database.name} 的 {name} 有 {found} 行，应有 {rows} 行")
    except duckdb.Error as error:
        raise UnsoundBuildError(f"{database.name}: {error}") from error


def is_sound(database: Path, rules: Path, build: Path | None = None) -> bool:
    """Tell whether a finished build has its size, can be opened and holds the rows that were made.

    ``database`` may be the name by which analysts open the ``build``. One that does not is told by name.
    """
    try:
        check_size(database, build)
        check_sound(database, rules)
    except UnsoundBuildError as error:
        log.warning("%s 已损坏（%s），现在重新建立。", database, error)
        return False
    return True


def read_row_counts(rules: Path) -> dict[str, int]:
    """Read how many rows each table of a build has; raises UnsoundBuildError where that cannot be read."""
    if not rules.exists():
        raise UnsoundBuildError(f"{rules.name} 不见了")
    try:
        with duckdb.connect(str(rules), read_only=True) as connection:
            return dict(connection.execute(f"select name, rows from main.{ROWS.partition('.')[2]}").fetchall())
    except duckdb.Error as error:
        raise UnsoundBuildError(f"{rules.name}: {error}") from error


def seal_path(database: Path) -> Path:
    """Give the place of what a build's file was when it was finished."""
    return database.with_suffix(".json")


def write_seal(built: Path, database: Path) -> None:
    """Keep size and checksum of a finished build, which will stand at ``database``."""
    seal = {"bytes": built.stat().st_size, "sha256": hash_file(built)}
    write_bytes(seal_path(database), json.dumps(seal).encode())


def check_size(database: Path, build: Path | None = None) -> None:
    """Compare a build's size with that of its seal; raises UnsoundBuildError where they differ."""
    if database.stat().st_size != _read_seal(build or database)["bytes"]:
        raise UnsoundBuildError(f"{database.name} 的大小与建成时不同")


def check_bytes(database: Path) -> None:
    """Compare a build's bytes with its seal; raises UnsoundBuildError where they differ."""
    if hash_file(database) != _read_seal(database)["sha256"]:
        raise UnsoundBuildError(f"{database.name} 的内容在建成之后变了")


def sealed_checksum(database: Path) -> str | None:
    """Give the checksum that a build's file had when it was finished; None where nothing says."""
    try:
        return str(_read_seal(database)["sha256"])
    except UnsoundBuildError:
        return None


def _read_seal(database: Path) -> dict[str, int | str]:
    try:
        seal = json.loads(seal_path(database).read_text(encoding="utf-8"))
        return {"bytes": int(seal["bytes"]), "sha256": str(seal["sha256"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnsoundBuildError(f"{seal_path(database).name}: {error}") from error
