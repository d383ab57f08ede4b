"""What the database says of itself: comments, and the tables mart.tables, mart.columns and mart.labels.

The headings and meanings come from ``sql/core/*.csv`` and ``sql/marts/*.csv``, the codes' names from
``sql/labels.csv``, types and counts from the database, the lineage from the SQL.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.connection import count_rows, quote_text, write_table
from warehouse.models.files import Model
from warehouse.models.lineage import split_column, trace_columns
from warehouse.schema import TEXT, WHOLE

DOCUMENTED = {"core": "core", "mart": "marts"}
"""Schema → folder under ``sql/`` that holds its tables.csv and columns.csv."""

_TABLES = pa.schema(
    [("table_name", TEXT), ("title", TEXT), ("grain", TEXT), ("meaning", TEXT), ("row_count", pa.int64())]
)
_COLUMNS = pa.schema(
    [
        ("table_name", TEXT),
        ("column_no", WHOLE),
        ("column_name", TEXT),
        ("data_type", TEXT),
        ("heading", TEXT),
        ("meaning", TEXT),
        ("lineage", TEXT),
        ("form_field", TEXT),
    ]
)
_LABELS = pa.schema([("table_name", TEXT), ("column_name", TEXT), ("code", TEXT), ("label", TEXT)])


@dataclass(frozen=True, slots=True)
class ColumnDoc:
    """What is said of one column; ``form_field`` is the field of the form that it is read from (core only)."""

    heading: str
    meaning: str
    form_field: str


def read_table_docs(folder: Path) -> dict[str, dict[str, str]]:
    """Read title, grain and meaning of each documented table, by its name with schema."""
    return {
        f"{schema}.{row['table']}": row
        for schema, layer in DOCUMENTED.items()
        for row in _read_csv(folder / layer / "tables.csv")
    }


def read_column_docs(folder: Path) -> dict[tuple[str, str], ColumnDoc]:
    """Read what is said of each column, by table name with schema and column name."""
    return {
        (f"{schema}.{row['table']}", row["column"]): ColumnDoc(
            row["heading"], row["meaning"], row.get("form_field", "")
        )
        for schema, layer in DOCUMENTED.items()
        for row in _read_csv(folder / layer / "columns.csv")
    }


def document(
    connection: duckdb.DuckDBPyConnection,
    models: Iterable[Model],
    folder: Path,
    model_columns: Mapping[str, Iterable[str]],
) -> None:
    """Comment on every table and column of core and mart, and write the three tables about them.

    ``model_columns`` names the columns of every model, of those too that are not in the database.
    """
    tables, columns = read_table_docs(folder), read_column_docs(folder)
    types = _read_types(connection)
    lineage = trace_columns(models, {name: list(of) for name, of in {**types, **model_columns}.items()}, folder)
    documented = [name for name in types if name.partition(".")[0] in DOCUMENTED]
    _comment(connection, documented, tables, columns, types)
    table_rows = [
        {
            "table_name": _shown_name(name),
            **{key: tables[name][key] for key in ("title", "grain", "meaning")},
            "row_count": count_rows(connection, name),
        }
        for name in documented
    ]
    column_rows = [
        {
            "table_name": _shown_name(name),
            "column_no": number,
            "column_name": column,
            "data_type": data_type,
            "heading": columns[name, column].heading,
            "meaning": columns[name, column].meaning,
            "lineage": "、".join(sorted(lineage.get((name, column), ()))) or None,
            "form_field": _form_fields(name, column, columns, lineage),
        }
        for name in documented
        for number, (column, data_type) in enumerate(types[name].items(), 1)
    ]
    write_table(connection, "mart.tables", pa.Table.from_pylist(table_rows, schema=_TABLES))
    write_table(connection, "mart.columns", pa.Table.from_pylist(column_rows, schema=_COLUMNS))
    write_table(connection, "mart.labels", pa.Table.from_pylist(_label_rows(folder, types), schema=_LABELS))


def _form_fields(
    name: str,
    column: str,
    columns: Mapping[tuple[str, str], ColumnDoc],
    lineage: Mapping[tuple[str, str], frozenset[str]],
) -> str | None:
    """Give the fields of the form that a column goes back to."""
    sources = [(name, column), *(split_column(source) for source in sorted(lineage.get((name, column), ())))]
    fields = [columns[source].form_field for source in sources if source in columns]
    return "、".join(dict.fromkeys(field for field in fields if field)) or None


def _label_rows(folder: Path, types: Mapping[str, Mapping[str, str]]) -> list[dict[str, str]]:
    """Spread the codes over the tables: a line without table holds for every mart with a column of that name."""
    rows = []
    for line in _read_csv(folder / "labels.csv"):
        marts = [name.partition(".")[2] for name in types if name.startswith("mart.") and line["column"] in types[name]]
        for table in [line["table"]] if line["table"] else marts:
            rows.append(
                {
                    "table_name": table,
                    "column_name": line["column"],
                    "code": line["code"],
                    "label": line["label"],
                }
            )
    return rows


def _read_types(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Give the columns (in order) and types of every relation that models make or read, by name with schema."""
    found = connection.execute(
        """
        select
            case when schema_name = 'main' then database_name else schema_name end as place,
            table_name, column_name, data_type
        from duckdb_columns()
        where not internal
        order by place, table_name, column_index
        """
    ).fetchall()
    types: dict[str, dict[str, str]] = {}
    for schema, table, column, data_type in found:
        types.setdefault(f"{schema}.{table}", {})[column] = data_type
    return types


def _comment(
    connection: duckdb.DuckDBPyConnection,
    documented: list[str],
    tables: Mapping[str, Mapping[str, str]],
    columns: Mapping[tuple[str, str], ColumnDoc],
    types: Mapping[str, Mapping[str, str]],
) -> None:
    statements = []
    for name in documented:
        said = "{title}：{grain}。{meaning}。".format(**tables[name])
        statements.append(f"comment on table {name} is {quote_text(said)}")
        for column in types[name]:
            doc = columns[name, column]
            said = f"{doc.heading}：{doc.meaning}"
            statements.append(f'comment on column {name}."{column}" is {quote_text(said)}')
    connection.execute("; ".join(("begin", *statements, "commit")))  # one by one they take half as long again


def _shown_name(name: str) -> str:
    """Name marts as analysts and sheets do, without schema."""
    return name.removeprefix("mart.")


def _read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
