"""Queries that ask the past: the marts of earlier publications beside those of today, still without a way to write."""

import re
from pathlib import Path

import duckdb

from pipelines.terminal.query_output import connect_read_only
from warehouse.connection import quote_text
from warehouse.home import Home
from warehouse.publication.history import as_of_function

ASKED = re.compile(r"\bhistory\s*\.\s*\"?(\w+)", re.IGNORECASE)


def connect_for(home: Home, database: Path, query: str) -> duckdb.DuckDBPyConnection:
    """Open the database for a query; where it names ``history.…``, with the tables of the past that it names.

    They are read into memory before the way to all other files is closed, so that a query can read and write no file.
    """
    asked = {name.lower().removesuffix("_as_of") for name in ASKED.findall(query)}
    if not asked or not home.history.exists():
        return connect_read_only(database)
    connection = duckdb.connect(":memory:")
    connection.execute(f"attach {quote_text(str(home.history))} as kept (read_only)")
    connection.execute("attach ':memory:' as history")
    known = {name for (name,) in connection.execute(_VIEWS).fetchall()}
    for name in sorted((asked | {"publications"}) & known, key=lambda one: one != "publications"):
        connection.execute(f'create table history.main."{name}" as select * from kept.main."{name}"')
        if name != "publications":
            connection.execute(as_of_function(name).replace("create macro ", "create macro history.main.", 1))
    connection.execute("detach kept")
    connection.execute(f"attach {quote_text(str(database.resolve()))} as county (read_only)")
    connection.execute("use county")
    connection.execute("set enable_external_access = false")
    return connection


_VIEWS = "select view_name from duckdb_views() where database_name = 'kept' and not internal"
