"""Writes the published tables as data: CSV and Parquet with a Frictionless Data Package descriptor, and checksums."""

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow
import pyarrow.parquet

from warehouse.publication.marts.tables import Mart, MartColumn, Row, Warehouse
from warehouse.publication.marts.views import view_of

FORMULA_START = re.compile(r"[=+\-@\t\r＝＋－＠]\s*\S", re.DOTALL)
"""A text that a spreadsheet would take for a formula, full-width signs among them; a lone sign (``-``, ``=``) is none."""

CSV_NOTE = (
    "CSV 为 UTF-8（带 BOM），空值为空白。以 = + - @ 或制表符、回车开头的文字前加一个半角单引号，"
    "以免被电子表格当作公式；Parquet 文件中的文字保持原样。代码的中文含义见 labels.csv。"
)

CORE_FOLDER = "core"
PARQUET_ONLY = ("used_cells", "unread_cells")
"""Core tables with a row a cell: nobody opens them in a spreadsheet."""

RECORD_ORDER = ("filing_id", "project_no", "indicator_no")
LICENCE = {
    "name": "internal-use",
    "title": "内部资料：由各乡镇报送的绩效目标汇成，供本级财政部门使用，对外公开须经批准",
}

_FIELD_TYPES = {"VARCHAR": "string", "BOOLEAN": "boolean", "DATE": "date", "DOUBLE": "number"}
_LABEL_COLUMNS = (
    MartColumn("table_name", "VARCHAR", "表", "表的英文名称"),
    MartColumn("column_name", "VARCHAR", "列", "列的英文名称"),
    MartColumn("code", "VARCHAR", "代码", "数据中的代码"),
    MartColumn("label", "VARCHAR", "含义", "代码的中文含义"),
)
_LABELS = Mart("mart", "labels", "代码表", "每行是一列中的一个代码", "各表状态列代码的中文含义", 0, _LABEL_COLUMNS)


def write_package(
    warehouse: Warehouse, folder: Path, published_on: date | None, on_table: Callable[[], None] = lambda: None
) -> None:
    """Write each mart, the core tables in a folder of their own, and the labels of codes, with ``datapackage.json``."""
    folder.mkdir(parents=True)
    keys = _read_keys(warehouse)
    resources: list[dict[str, object]] = []
    for table in (*warehouse.tables, _LABELS, *warehouse.records):
        order_by = view_of(table).order_by if table not in warehouse.records else RECORD_ORDER
        place = folder / CORE_FOLDER if table in warehouse.records else folder
        place.mkdir(exist_ok=True)
        if table.name not in PARQUET_ONLY:
            write_csv(table, warehouse.raw_rows(table, order_by), place / f"{table.name}.csv")
            resources.append(_csv_resource(table, place, folder, keys))
        with warehouse.open_batches(table, order_by) as batches:
            _write_parquet(table, batches, place / f"{table.name}.parquet")
        resources.append(_parquet_resource(table, place, folder))
        on_table()
    descriptor = {
        "name": "township-performance-targets",
        "title": "乡镇绩效目标对比数据",
        "description": CSV_NOTE,
        "profile": "data-package",
        "licenses": [LICENCE],
        "sources": [{"title": f.file_name, "sha256": f.filing_id} for f in warehouse.current_filings()],
        **({"created": f"{published_on.isoformat()}T00:00:00Z"} if published_on else {}),
        "resources": resources,
    }
    write_json(descriptor, folder / "datapackage.json")


def write_csv(table: Mart, rows: Iterator[Row], path: Path) -> None:
    """Write rows as CSV (UTF-8 with BOM, English column names, quotes only where needed)."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([column.name for column in table.columns])
        writer.writerows([csv_text(value) for value in row] for row in rows)


def csv_text(value: object) -> str:
    """Give a value as CSV text: null is empty; text that would be a formula begins with an apostrophe, OWASP's rule."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    text = str(value)
    return f"'{text}" if isinstance(value, str) and FORMULA_START.match(text) else text


def write_checksums(folder: Path) -> dict[str, str]:
    """Write ``SHA256SUMS`` over all files below ``folder`` (as ``sha256sum -c`` reads it) and give path → checksum."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    sums = {path.relative_to(folder).as_posix(): _sha256(path) for path in files}
    lines = "".join(f"{checksum}  {name}\n" for name, checksum in sums.items())
    (folder / "SHA256SUMS").write_text(lines, encoding="utf-8", newline="\n")
    return sums


def write_json(document: Mapping[str, object], path: Path) -> None:
    """Write a JSON document for people and programs: indented, Chinese as it is."""
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")


def _write_parquet(table: Mart, batches: pyarrow.RecordBatchReader, path: Path) -> None:
    schema = pyarrow.schema(
        field.with_metadata({"title": column.heading, "comment": column.meaning})
        for field, column in zip(batches.schema, table.columns, strict=True)
    )
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch.cast(schema))


_Keys = dict[str, dict[str, object]]
"""Table → the primary and foreign keys of its schema."""

_LISTED = "select 1 from duckdb_tables() where schema_name = 'mart' and table_name = 'keys'"


def _read_keys(warehouse: Warehouse) -> _Keys:
    """Read the keys as the descriptor names them; only to tables that the package holds, none from an older database."""
    if not warehouse.connection.execute(_LISTED).fetchall():
        return {}
    held = {table.name for table in (*warehouse.tables, *warehouse.records)} - set(PARQUET_ONLY)
    keys: _Keys = {}
    listed = warehouse.connection.execute(
        "select table_name, key, referenced, referenced_key from mart.keys"
    ).fetchall()
    for table, key, referenced, columns in listed:
        own: dict[str, object] = {"primaryKey": key.split()} if key else {}
        target = referenced.partition(".")[2]
        if target in held:
            reference = {"resource": target, "fields": columns.split()}
            own["foreignKeys"] = [{"fields": columns.split(), "reference": reference}]
        keys[table.partition(".")[2]] = own
    return keys


def _csv_resource(table: Mart, place: Path, folder: Path, keys: _Keys) -> dict[str, object]:
    fields = [
        {"name": c.name, "type": _field_type(c), "title": c.heading, "description": c.meaning} for c in table.columns
    ]
    return {
        **_resource_head(table, place / f"{table.name}.csv", folder, ""),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "schema": {"fields": fields, "missingValues": [""], **keys.get(table.name, {})},
    }


def _parquet_resource(table: Mart, place: Path, folder: Path) -> dict[str, object]:
    head = _resource_head(table, place / f"{table.name}.parquet", folder, "_parquet")
    return {**head, "type": "file", "format": "parquet", "mediatype": "application/vnd.apache.parquet"}


def _resource_head(table: Mart, path: Path, folder: Path, suffix: str) -> dict[str, object]:
    return {
        "name": f"{table.name}{suffix}",
        "title": table.title,
        "description": f"{table.grain}。{table.meaning}。",
        "path": path.relative_to(folder).as_posix(),
        "bytes": path.stat().st_size,
        "hash": f"sha256:{_sha256(path)}",
    }


def _field_type(column: MartColumn) -> str:
    if column.data_type.startswith("TIMESTAMP"):
        return "datetime"
    if column.data_type.startswith("DECIMAL"):
        return "number"
    return _FIELD_TYPES.get(column.data_type, "integer")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
