"""The keys of the analysts' database, declared so that tools draw the star and planners use them; one list for all.

``sql/keys.csv`` says what names a row of each table and which table its rows belong to; the data package says the same.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.connection import write_table
from warehouse.models.files import ModelError
from warehouse.schema import TEXT

KEYS = "mart.keys"

_KEYS = pa.schema([("table_name", TEXT), ("key", TEXT), ("referenced", TEXT), ("referenced_key", TEXT)])


@dataclass(frozen=True, slots=True)
class TableKey:
    """A table's key (no columns where no set of them is filled and unique) and the key of the table it belongs to."""

    table: str
    key: tuple[str, ...]
    referenced: str = ""
    referenced_key: tuple[str, ...] = ()


class BrokenKeyError(Exception):
    """A table's rows do not have the key that is declared for it."""


def read_keys(folder: Path) -> tuple[TableKey, ...]:
    """Read the list of keys, each table after the one it belongs to."""
    with (folder / "keys.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_read_key(row) for row in csv.DictReader(file))


def _read_key(row: dict[str, str]) -> TableKey:
    referenced, _, columns = row["references"].rstrip(")").partition("(")
    return TableKey(row["table"], tuple(row["key"].split()), referenced, tuple(columns.split()))


def declare_keys(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Give every listed table of the build its primary and foreign key.

    A foreign key can be declared only when a table is made, so those with one are made again from their own rows, in
    their order; DuckDB knows none between schemas, so that of a mart stands in ``mart.keys`` alone.
    Raises BrokenKeyError where rows do not fit, ModelError where a table of core or mart is not listed.
    """
    keys = read_keys(folder)
    made = {name for (name,) in connection.execute(_TABLES).fetchall()}
    if lacking := made - {key.table for key in keys}:
        raise ModelError(f"sql/keys.csv: {', '.join(sorted(lacking))} is not listed")
    for key in keys:
        if key.table in made:
            _declare(connection, key)


def write_keys(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the table that lists the keys, those too that DuckDB cannot hold."""
    keys = read_keys(folder)
    rows = [
        {
            "table_name": k.table,
            "key": " ".join(k.key),
            "referenced": k.referenced,
            "referenced_key": " ".join(k.referenced_key),
        }
        for k in keys
    ]
    write_table(connection, KEYS, pa.Table.from_pylist(rows, schema=_KEYS))


def _declare(connection: duckdb.DuckDBPyConnection, key: TableKey) -> None:
    primary = f"primary key ({', '.join(key.key)})" if key.key else ""
    try:
        if key.referenced.partition(".")[0] == key.table.partition(".")[0]:
            columns = ", ".join(key.referenced_key)
            _make_again(
                connection, key.table, (primary, f"foreign key ({columns}) references {key.referenced} ({columns})")
            )
        elif primary:
            connection.execute(f"alter table {key.table} add {primary}")
    except duckdb.ConstraintException as error:
        raise BrokenKeyError(f"{key.table}: {error}") from error


def _make_again(connection: duckdb.DuckDBPyConnection, name: str, constraints: Sequence[str]) -> None:
    schema, _, table = name.partition(".")
    found = connection.execute(_COLUMNS, [schema, table]).fetchall()
    columns = ", ".join([*(f'"{column}" {data_type}' for column, data_type in found), *filter(None, constraints)])
    connection.execute(f"alter table {name} rename to {table}__unkeyed")
    connection.execute(f"create table {name} ({columns})")
    connection.execute(f"insert into {name} select * from {schema}.{table}__unkeyed")
    connection.execute(f"drop table {schema}.{table}__unkeyed")


_TABLES = """
    select schema_name || '.' || table_name from duckdb_tables()
    where database_name = current_database() and schema_name in ('core', 'mart')
"""
_COLUMNS = """
    select column_name, data_type from duckdb_columns()
    where database_name = current_database() and schema_name = ? and table_name = ?
    order by column_index
"""
