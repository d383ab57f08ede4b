"""Small things done on every DuckDB connection: quoting, counting, writing an Arrow table."""

import duckdb
import pyarrow as pa


def quote_text(value: str) -> str:
    """Give a text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def count_rows(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    """Count the rows of a table."""
    return int(connection.execute(f"select count(*) from {name}").fetchall()[0][0])


def write_table(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    """Create a table from an Arrow table."""
    connection.register("arrow_table", table)
    connection.execute(f"create table {name} as select * from arrow_table")
    connection.unregister("arrow_table")
