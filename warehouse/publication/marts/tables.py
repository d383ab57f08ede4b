"""Reads the marts for publication: each with its Chinese title, its columns' headings and meanings, and its rows."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

import duckdb
import pyarrow

from warehouse.publication.marts.filings import (
    FilingSource,
    RejectedSource,
    county_time,
    find_namesakes,
    read_filings,
    read_rejected,
    tell_apart,
)

Form = Literal["text", "flag", "date", "moment", "label_number", "count", "money", "percent", "ratio", "number"]
"""How a column's values are written: ``label_number`` is a number that is a name (year, month, page, row)."""

Row = tuple[object, ...]
Year = int | Literal["any"] | None
"""A fiscal year; None where the filing does not say it."""

SOURCE_COLUMNS = ("file_name", "page", "table_no", "row_no")
LAST_SOURCE_COLUMNS = ("last_file_name", "last_page", "last_table_no", "last_row_no")
"""Where a row stands in its filing (this year's, last year's), as a person looks it up."""

ID_COLUMNS = (
    *("filing_id", "project_no", "indicator_no", "item_no"),
    *("last_filing_id", "last_project_no", "last_indicator_no"),
)
"""Keys for joining; of no use to a reader."""

LABEL_NUMBERS = {
    *("fiscal_year", "previous_year", "month"),
    *(name for name in (*SOURCE_COLUMNS, *LAST_SOURCE_COLUMNS, *ID_COLUMNS) if name.endswith(("page", "_no"))),
}

PUBLISHED_CORE = ("filings", "rejected_files")
"""The core tables that go into the data package beside the marts."""

TABLE_ORDER = (
    *("review_findings", "review_results", "shared_findings"),
    *("cost_comparison", "cost_share", "budget_comparison", "standard_comparison", "carryover_ageing", "filed_twice"),
    "document_totals",
    *("target_comparison", "schedule_comparison", "deadline_comparison", "missing_items", "year_over_year"),
    *("target_against_actual", "target_versus_actual", "plan_against_evaluation", "execution", "score_comparison"),
    *("text_reuse", "filing_quality", "coverage"),
)
"""The marts in the order in which the bureau reads them; others follow by name."""

CODE_ORDER = {
    "severity": ("error", "warning", "info"),
    "scope": ("county", "township", "project"),
    "level2_group": ("数量", "质量", "时效", "成本", "经济效益", "社会效益", "生态效益", "可持续影响", "满意度"),
}
"""Codes that sort by weight or by the order of the form, not by spelling."""


@dataclass(frozen=True)
class MartColumn:
    """One column; ``heading`` and ``meaning`` are Chinese and come from the database."""

    name: str
    data_type: str
    heading: str
    meaning: str

    @cached_property
    def form(self) -> Form:
        """Tell how values are written, from the column's type and the ending of its name."""
        if self.data_type == "VARCHAR":
            return "text"
        if self.data_type == "BOOLEAN":
            return "flag"
        if self.data_type == "DATE":
            return "date"
        if self.data_type.startswith("TIMESTAMP"):
            return "moment"
        if self.name in LABEL_NUMBERS:
            return "label_number"
        if self.name.endswith("_yuan"):
            return "money"
        if self.name.endswith(("_pct", "_points")):
            return "percent"
        if self.data_type == "DOUBLE":
            return "ratio"
        return "number" if self.data_type.startswith("DECIMAL") else "count"


@dataclass(frozen=True)
class Mart:
    """One table of the database, without its rows: ``title``, ``grain`` and ``meaning`` are Chinese."""

    schema: str
    name: str
    title: str
    grain: str
    meaning: str
    row_count: int
    columns: tuple[MartColumn, ...]

    @cached_property
    def positions(self) -> dict[str, int]:
        """Give the position of each column in a row."""
        return {column.name: position for position, column in enumerate(self.columns)}

    def column(self, name: str) -> MartColumn:
        """Give a column by name; KeyError where the table has none of that name."""
        return self.columns[self.positions[name]]

    def value(self, row: Row, name: str) -> object:
        """Give a value of a row; None where the table has no such column."""
        position = self.positions.get(name)
        return None if position is None else row[position]

    def text(self, row: Row, name: str) -> str | None:
        """Give a value of a row as text, None where it is null."""
        value = self.value(row, name)
        return None if value is None else str(value)

    def number(self, row: Row, name: str) -> float | None:
        """Give a number of a row for drawing (as float), None where it is null."""
        value = self.value(row, name)
        return None if value is None else float(str(value))

    def whole(self, row: Row, name: str) -> int | None:
        """Give a whole number of a row, None where it is null."""
        value = self.value(row, name)
        return None if value is None else int(str(value))


@dataclass(frozen=True)
class Warehouse:
    """The open database, read-only: what the bureau's tables are written from."""

    connection: duckdb.DuckDBPyConnection
    tables: tuple[Mart, ...]
    labels: dict[tuple[str, str, str], str]
    filings: tuple[FilingSource, ...]
    rejected: tuple[RejectedSource, ...]
    records: tuple[Mart, ...] = ()
    """The core tables beside ``tables``: what the comparisons are made of."""
    namesakes: frozenset[str] = frozenset()
    """Township names of several counties: ``filings`` and ``rows`` have the county beside them."""

    def marts(self) -> tuple[Mart, ...]:
        """Give the comparisons, in the order in which the bureau reads them."""
        return tuple(table for table in self.tables if table.schema == "mart")

    def mart(self, name: str) -> Mart | None:
        """Give a mart by name, None where this database has none of that name."""
        return next((table for table in self.marts() if table.name == name), None)

    def label(self, table: Mart, column: str, value: object) -> str:
        """Give the Chinese label of a code; the text itself where it is no code, "" for null."""
        return "" if value is None else self.labels.get((table.name, column, str(value)), str(value))

    def rows(self, table: Mart, order_by: tuple[str, ...] = (), *, year: Year = "any") -> Iterator[Row]:
        """Yield a table's rows (of one fiscal year) in a fixed order, few at a time.

        ``-name`` in ``order_by`` sorts downwards. Ties are broken by all other columns, so that the same data
        always come in the same order. Townships of one name have their county beside it (``raw_rows`` has not).
        """
        query, parameters = _row_query(table, order_by, year, self.namesakes)
        yield from self._fetch(query, parameters)

    def raw_rows(self, table: Mart, order_by: tuple[str, ...] = ()) -> Iterator[Row]:
        """Yield a table's rows as the database holds them, ordered as by ``rows``."""
        yield from self._fetch(*_row_query(table, order_by, "any"))

    def _fetch(self, query: str, parameters: list[int | None]) -> Iterator[Row]:
        with closing(self.connection.cursor()) as cursor:
            cursor.execute(query, parameters)
            while batch := cursor.fetchmany(5000):
                yield from batch

    @contextmanager
    def open_batches(self, table: Mart, order_by: tuple[str, ...] = ()) -> Iterator[pyarrow.RecordBatchReader]:
        """Open a table's raw rows, ordered as by ``rows``, as a reader of Arrow record batches."""
        query, parameters = _row_query(table, order_by, "any")
        with (
            closing(self.connection.cursor()) as cursor,
            cursor.sql(query, params=parameters).to_arrow_reader() as reader,
        ):
            yield reader

    def current_filings(self, year: Year = "any") -> tuple[FilingSource, ...]:
        """Give the filings that count (of one fiscal year)."""
        return tuple(f for f in self.filings if f.is_current and year in ("any", f.fiscal_year))

    def years(self) -> tuple[int | None, ...]:
        """Give the fiscal years with current filings, newest first; None (year unknown) last."""
        found = {filing.fiscal_year for filing in self.current_filings()}
        known = sorted((year for year in found if year is not None), reverse=True)
        return (*known, None) if None in found else tuple(known)

    def data_date(self) -> date | None:
        """Give the day, in the county's time, on which the newest file came in; None without any file."""
        moments = [filing.received_at for filing in self.filings] + [file.rejected_at for file in self.rejected]
        return max((county_time(moment).date() for moment in moments if moment is not None), default=None)


@contextmanager
def open_warehouse(database: Path) -> Iterator[Warehouse]:
    """Open the analysts' database read-only and read the catalogue of its marts.

    A build that is swapped in meanwhile does not disturb the reader: the open file stays whole.
    """
    with closing(duckdb.connect(str(database.resolve()), read_only=True)) as connection:
        filings = read_filings(connection)
        namesakes = find_namesakes(filings)
        every = tuple(_read_tables(connection))
        yield Warehouse(
            connection=connection,
            tables=tuple(table for table in every if table.schema != "core" or table.name in PUBLISHED_CORE),
            records=tuple(table for table in every if table.schema == "core" and table.name not in PUBLISHED_CORE),
            labels={
                (table, column, code): text for table, column, code, text in connection.execute(_LABELS).fetchall()
            },
            filings=tell_apart(filings, namesakes),
            rejected=read_rejected(connection),
            namesakes=namesakes,
        )


_LABELS = "select table_name, column_name, code, label from mart.labels"
_COLUMNS = """
    select column_name, data_type, heading, meaning from mart.columns where table_name = ? order by column_no
"""


def _read_tables(connection: duckdb.DuckDBPyConnection) -> Iterator[Mart]:
    listed = connection.execute("select table_name, title, grain, meaning from mart.tables").fetchall()
    order = {name: position for position, name in enumerate(TABLE_ORDER)}
    for full_name, title, grain, meaning in sorted(listed, key=lambda row: (order.get(row[0], len(order)), row[0])):
        schema, _, name = full_name.rpartition(".")
        columns = tuple(MartColumn(*column) for column in connection.execute(_COLUMNS, [full_name]).fetchall())
        table = Mart(schema or "mart", name, title, grain or "", meaning or "", 0, columns)
        counted = connection.execute(f"select count(*) from {_place(table)}").fetchone()
        yield Mart(table.schema, name, title, table.grain, table.meaning, counted[0] if counted else 0, columns)


def _row_query(
    table: Mart, order_by: tuple[str, ...], year: Year, namesakes: frozenset[str] = frozenset()
) -> tuple[str, list[int | None]]:
    leading = [_order_term(term) for term in order_by if term.lstrip("-") in table.positions]
    taken = {term.lstrip("-") for term in order_by}
    rest = [_order_term(column.name) for column in table.columns if column.name not in taken]
    condition = "" if year == "any" else "where fiscal_year is not distinct from ?"
    names = ", ".join(_quoted(column.name) for column in table.columns)
    if namesakes and {"county", "township"} <= table.positions.keys():
        alike = ", ".join("'" + name.replace("'", "''") + "'" for name in sorted(namesakes))
        apart = (
            f"case when township in ({alike}) then township || coalesce('（' || county || '）', '') else township end"
        )
        names = names.replace(_quoted("township"), f"{apart} as township")
    query = f"select {names} from {_place(table)} {condition} order by {', '.join(leading + rest)}"
    return query, ([] if year == "any" else [year])


def _order_term(term: str) -> str:
    name, downwards = term.lstrip("-"), term.startswith("-")
    if name in CODE_ORDER:
        codes = ", ".join(f"'{code}'" for code in CODE_ORDER[name])
        return f"list_position([{codes}], {_quoted(name)}) nulls last"
    return f"{_quoted(name)} {'desc' if downwards else 'asc'} nulls last"


def _place(table: Mart) -> str:
    return f"{_quoted(table.schema)}.{_quoted(table.name)}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
