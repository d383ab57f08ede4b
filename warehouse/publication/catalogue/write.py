"""Writes the catalogue: one page that is searched without a network, published beside the data."""

import base64
import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from warehouse.publication.catalogue.star import draw_star
from warehouse.publication.marts.tables import Mart, Warehouse

TEMPLATES = Path(__file__).parent
NAME = "数据说明.html"


@dataclass(frozen=True, slots=True)
class CataloguedColumn:
    """One column with what it means, the core columns behind it, and the form's field that it was read from."""

    name: str
    data_type: str
    heading: str
    meaning: str
    lineage: Sequence[str]
    form_field: str
    codes: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class CataloguedTable:
    """One table: its full name, what a row is, its key and the table that its rows belong to."""

    name: str
    mart: Mart
    key: str
    belongs_to: str
    columns: tuple[CataloguedColumn, ...]


def write_catalogue(warehouse: Warehouse, path: Path) -> None:
    """Write the catalogue of a database's documented tables; the same database gives the same bytes."""
    import jinja2

    keys = _keys(warehouse)
    tables = [_table(warehouse, table, keys) for table in (*warehouse.records, *warehouse.tables)]
    tables.sort(key=lambda one: not one.name.startswith("core."))
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    script = (TEMPLATES / "catalogue.js").read_text(encoding="utf-8").strip()
    star = draw_star(
        {table.name: table.mart.title for table in tables}, {t.name: t.belongs_to for t in tables if t.belongs_to}
    )
    page = environment.get_template("catalogue.html.j2").render(
        tables=tables,
        names={table.name for table in tables},
        star=Markup(star),
        examples=_examples(),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )
    path.write_text(page, encoding="utf-8", newline="\n")


def _table(warehouse: Warehouse, table: Mart, keys: dict[str, tuple[str, str]]) -> CataloguedTable:
    name = f"{table.schema}.{table.name}"
    key, belongs_to = keys.get(name, ("", ""))
    traced = _traced(warehouse, table)
    codes: dict[str, list[tuple[str, str]]] = {}
    for (mart, column, code), label in warehouse.labels.items():
        if mart == table.name:
            codes.setdefault(column, []).append((code, label))
    columns = tuple(
        CataloguedColumn(
            c.name, c.data_type, c.heading, c.meaning, *traced.get(c.name, ((), "")), codes.get(c.name, ())
        )
        for c in table.columns
    )
    return CataloguedTable(name, table, key, belongs_to, columns)


def _traced(warehouse: Warehouse, table: Mart) -> dict[str, tuple[tuple[str, ...], str]]:
    """Give for each column of a table the core columns and the form's fields behind it; an older database says none."""
    said = {name for (name,) in warehouse.connection.execute(_COLUMNS).fetchall()}
    if not {"lineage", "form_field"} <= said:
        return {}
    shown = table.name if table.schema == "mart" else f"{table.schema}.{table.name}"
    rows = warehouse.connection.execute(
        "select column_name, lineage, form_field from mart.columns where table_name = ?", [shown]
    ).fetchall()
    return {name: (tuple((lineage or "").split("、")) if lineage else (), field or "") for name, lineage, field in rows}


def _keys(warehouse: Warehouse) -> dict[str, tuple[str, str]]:
    if not warehouse.connection.execute(_LISTED).fetchall():
        return {}
    rows = warehouse.connection.execute("select table_name, key, referenced from mart.keys").fetchall()
    return {table: (", ".join(key.split()), referenced) for table, key, referenced in rows}


def _examples() -> tuple[tuple[str, str], ...]:
    with (TEMPLATES / "examples.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["question"], row["query"]) for row in csv.DictReader(file))


_LISTED = "select 1 from duckdb_tables() where schema_name = 'mart' and table_name = 'keys'"
_COLUMNS = "select column_name from duckdb_columns() where schema_name = 'mart' and table_name = 'columns'"
