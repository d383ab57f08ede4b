"""A query's result as a table for people, or as CSV, JSON or Parquet for programs."""

import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

import duckdb
from rich.table import Table

from pipelines.terminal.console import PatientConsole
from pipelines.terminal.errors import WRONG_USAGE, CommandError
from pipelines.terminal.json_values import json_value
from pipelines.terminal.output_format import OutputFormat

ROWS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Result:
    """A result's column names, which of them hold numbers, and its rows."""

    names: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[Sequence[object], ...]


NUMBER_TYPES = ("INT", "DECIMAL", "DOUBLE", "FLOAT", "NUMBER")


def connect_read_only(database: Path) -> duckdb.DuckDBPyConnection:
    """Open the database so that a query can change nothing, neither in it nor in any other file."""
    return duckdb.connect(str(database), read_only=True, config={"enable_external_access": "false"})


def read_result(connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[str] = ()) -> Result:
    """Run a query, with values for its parameters, and fetch all its rows."""
    cursor = connection.execute(query, list(values))
    columns = cursor.description or []
    return Result(
        names=tuple(str(column[0]) for column in columns),
        numeric=tuple(any(name in str(column[1]) for name in NUMBER_TYPES) for column in columns),
        rows=tuple(cursor.fetchall()) if columns else (),
    )


def write_result(result: Result, output: OutputFormat, stream: TextIO) -> None:
    """Write a result to a text stream as a table, CSV or one JSON document."""
    match output:
        case OutputFormat.TABLE:
            write_table(result, stream)
        case OutputFormat.CSV:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(result.names)
            writer.writerows(result.rows)
        case OutputFormat.JSON:
            rows = [dict(zip(result.names, row, strict=True)) for row in result.rows]
            json.dump(rows, stream, ensure_ascii=False, indent=1, default=json_value)
            stream.write("\n")
        case OutputFormat.PARQUET:
            raise CommandError("Parquet 不能写到屏幕。", "请加 --out 文件名.parquet。", WRONG_USAGE)


def write_file(connection: duckdb.DuckDBPyConnection, query: str, output: OutputFormat, path: Path) -> int:
    """Write a query's result to a file and give the number of rows; CSV gets the mark that Excel needs for Chinese."""
    if output is OutputFormat.PARQUET:
        import pyarrow.parquet as pq

        table = connection.sql(query).to_arrow_table()
        pq.write_table(table, path)
        return int(table.num_rows)
    result = read_result(connection, query)
    if output is OutputFormat.CSV:  # a file is opened with a spreadsheet, which takes such texts for formulas
        from warehouse.publication.package import FORMULA_START

        rows = tuple(
            tuple(f"'{value}" if isinstance(value, str) and FORMULA_START.match(value) else value for value in row)
            for row in result.rows
        )
        result = replace(result, rows=rows)
    encoding = "utf-8-sig" if output is OutputFormat.CSV else "utf-8"
    with path.open("w", encoding=encoding, newline="") as stream:
        write_result(result, output, stream)
    return len(result.rows)


def write_table(result: Result, stream: TextIO) -> None:
    """Write a result as a ruled table with numbers to the right; long results are cut, and say so."""
    console = PatientConsole(file=stream, soft_wrap=False, width=None if stream.isatty() else 400)
    table = Table(show_header=True, header_style="bold")
    for name, numeric in zip(result.names, result.numeric, strict=True):
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in result.rows[:ROWS_SHOWN]:
        table.add_row(*(cell_text(value) for value in row))
    console.print(table, markup=False)
    left_out = len(result.rows) - ROWS_SHOWN
    note = f"共 {len(result.rows)} 行" + (
        f"，只显示前 {ROWS_SHOWN} 行；用 --format csv 可得到全部。" if left_out > 0 else ""
    )
    print(note, file=sys.stderr)


def cell_text(value: object) -> str:
    """Show a value: nothing for null, decimals plainly and with thousands marks left out."""
    return "" if value is None else str(value)
