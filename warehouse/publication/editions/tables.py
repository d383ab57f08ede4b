"""Reads the tables of publications from their data folders: which there are, and the rows in which two differ."""

import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet

from warehouse.connection import quote_text
from warehouse.publication.marts.tables import PUBLISHED_CORE, TABLE_ORDER

DESCRIPTOR = "datapackage.json"
NOT_COMPARED = frozenset((*PUBLISHED_CORE, "labels"))
"""Tables of a data folder that are no comparison."""


@dataclass(frozen=True)
class PublishedTable:
    """One comparison as published: its Chinese title, its columns' headings, and the labels of its codes."""

    name: str
    title: str
    headings: Mapping[str, str]
    labels: Mapping[tuple[str, str], str]

    def label(self, column: str, value: object) -> object:
        """Give the Chinese label of a code, any other value as it is."""
        return self.labels.get((column, value), value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class DiffRows:
    """The rows that are not the same in both publications, over the ``columns`` that both have."""

    columns: tuple[str, ...]
    before: tuple[Mapping[str, object], ...]
    after: tuple[Mapping[str, object], ...]
    new_columns: tuple[str, ...] = ()
    lost_columns: tuple[str, ...] = ()


def list_tables(old: Path, new: Path) -> tuple[PublishedTable, ...]:
    """List the comparisons of two data folders in the order in which the bureau reads them, as the newer names them."""
    names = {path.stem for folder in (old, new) for path in folder.glob("*.parquet")} - NOT_COMPARED
    order = {name: position for position, name in enumerate(TABLE_ORDER)}
    titles = _read_titles(old) | _read_titles(new)
    labels = _read_labels(new)
    found = []
    for name in sorted(names, key=lambda one: (order.get(one, len(order)), one)):
        headings = _read_headings(old / f"{name}.parquet") | _read_headings(new / f"{name}.parquet")
        found.append(PublishedTable(name, titles.get(name, name), headings, labels.get(name, {})))
    return tuple(found)


def differing_rows(old: Path, new: Path, name: str) -> DiffRows:
    """Give the rows of one table that only one of two data folders has; a table that is not there has no rows."""
    before, after = old / f"{name}.parquet", new / f"{name}.parquet"
    had, has = _columns(before), _columns(after)
    columns = tuple(column for column in has or had if not had or column in had)
    listed = ", ".join(_quoted(column) for column in columns)
    with closing(duckdb.connect()) as connection:

        def only_in(here: Path, there: Path) -> tuple[Mapping[str, object], ...]:
            if not here.is_file():
                return ()
            query = f"select {listed} from read_parquet({quote_text(str(here))})"
            if there.is_file():
                query += f" except all select {listed} from read_parquet({quote_text(str(there))})"
            rows = connection.execute(f"{query} order by all").fetchall()
            return tuple(dict(zip(columns, row, strict=True)) for row in rows)

        lost = tuple(column for column in had if has and column not in has)
        fresh = tuple(column for column in has if had and column not in had)
        return DiffRows(columns, only_in(before, after), only_in(after, before), fresh, lost)


def _columns(path: Path) -> tuple[str, ...]:
    return tuple(pyarrow.parquet.read_schema(path).names) if path.is_file() else ()


def _read_headings(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    schema = pyarrow.parquet.read_schema(path)
    return {field.name: (field.metadata or {}).get(b"title", field.name.encode()).decode() for field in schema}


def _read_titles(folder: Path) -> dict[str, str]:
    path = folder / DESCRIPTOR
    if not path.is_file():
        return {}
    resources = json.loads(path.read_text(encoding="utf-8"))["resources"]
    return {resource["name"]: resource["title"] for resource in resources}


def _read_labels(folder: Path) -> dict[str, dict[tuple[str, str], str]]:
    path = folder / "labels.parquet"
    found: dict[str, dict[tuple[str, str], str]] = {}
    for row in pyarrow.parquet.read_table(path).to_pylist() if path.is_file() else ():
        found.setdefault(row["table_name"], {})[row["column_name"], row["code"]] = row["label"]
    return found


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
