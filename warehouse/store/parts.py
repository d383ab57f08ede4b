"""The Parquet parts: one file per table, fiscal year and first hex digit of the filing id.

What a part holds is a function of the filings in it alone (rows sorted, no times, no names of runs), so the same
filings give the same bytes in whatever order they came, and a new filing touches one part per table.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from warehouse.files import remove_file, write_if_changed
from warehouse.schema import TableSpec, conform, rejected_files, stored_tables

NO_YEAR = "no_year"
"""The folder of filings whose fiscal year is not known. The folders' names are not ``fiscal_year=2023``: readers would
take that for one more column, which the filings have already."""

SCHEMA_FILE = "_schema.parquet"
"""A part without rows: a table's types are known before it has any."""


class Parts:
    """The parts under one ``parquet`` folder; ``written`` counts the files changed through this object."""

    def __init__(self, folder: Path) -> None:
        """Use a folder, which need not exist yet."""
        self._folder = folder
        self.written = 0

    def read(self, name: str, columns: list[str] | None = None) -> pa.Table:
        """Read a whole table, or some of its columns."""
        spec = stored_tables()[name]
        schema = spec.schema if columns is None else pa.schema([spec.schema.field(column) for column in columns])
        parts = [_read_part(path, columns) for path in self._part_paths(name)]
        return pa.concat_tables([schema.empty_table(), *(_upgrade(part, schema) for part in parts)])

    def write_schemas(self) -> None:
        """Write each table's part without rows; where a table's schema changed, rewrite its parts in the new one."""
        for spec in (*stored_tables().values(), rejected_files()):
            path = self._folder / spec.name / SCHEMA_FILE
            if path.exists() and _read_part(path).schema.equals(spec.schema):
                continue
            for part in self._part_paths(spec.name):
                self._write(part, _upgrade(_read_part(part), spec.schema))
            self._write(path, spec.schema.empty_table())

    def put(self, name: str, tables: Iterable[pa.Table], years: Mapping[str, int | None]) -> None:
        """Replace the rows of the filings named in ``years`` (id → fiscal year) by those of ``tables``."""
        spec = stored_tables()[name]
        rows = pa.concat_tables([spec.schema.empty_table(), *tables])
        for bucket in sorted({filing_id[0] for filing_id in years}):
            ids = {filing_id for filing_id in years if filing_id[0] == bucket}
            targets = {self._path(name, years[filing_id], bucket) for filing_id in ids}
            for path in sorted(targets | set(self._part_paths(name, bucket))):
                here = [filing_id for filing_id in ids if self._path(name, years[filing_id], bucket) == path]
                self._replace_rows(path, spec, ids, _rows_of(rows, here))

    def rewrite(self, name: str, change: Callable[[pa.Table], pa.Table]) -> int:
        """Apply a function to each part of a table, keeping rows and order; tell how many parts changed."""
        before = self.written
        for path in self._part_paths(name):
            self._write(path, change(conform(_read_part(path), stored_tables()[name].schema)))
        return self.written - before

    def write_filings(self, filings: pa.Table) -> None:
        """Write the filings, all of them at once, as which one is current depends on the others."""
        spec = stored_tables()["filings"]
        homes = [
            self._path("filings", year, filing_id[0])
            for filing_id, year in zip(
                filings.column("filing_id").to_pylist(), filings.column("fiscal_year").to_pylist(), strict=True
            )
        ]
        names = pa.array([str(path) for path in homes])
        for path in sorted(set(homes)):
            self._write(path, _sorted(filings.filter(pc.equal(names, str(path))), spec))
        for path in set(self._part_paths("filings")) - set(homes):
            self._remove(path)

    def write_rejected(self, rejected: pa.Table) -> None:
        """Write the table of files that could not be read."""
        self._write(self._folder / "rejected_files" / "part.parquet", rejected)

    def _replace_rows(self, path: Path, spec: TableSpec, ids: Collection[str], rows: pa.Table) -> None:
        if path.exists():
            stored = conform(_read_part(path), spec.schema)
            is_old = pc.is_in(stored.column("filing_id"), value_set=pa.array(sorted(ids), pa.string()))
            if not len(rows) and not pc.any(is_old).as_py():
                return
            rows = pa.concat_tables([stored.filter(pc.invert(is_old)), rows])
        if len(rows):
            self._write(path, _sorted(rows, spec))
        elif path.exists():
            self._remove(path)

    def _write(self, path: Path, table: pa.Table) -> None:
        self.written += write_if_changed(path, _to_bytes(table))

    def _remove(self, path: Path) -> None:
        remove_file(path)
        self.written += 1

    def _path(self, name: str, year: int | None, bucket: str) -> Path:
        return self._folder / name / (NO_YEAR if year is None else str(year)) / f"part-{bucket}.parquet"

    def _part_paths(self, name: str, bucket: str = "*") -> list[Path]:
        return sorted((self._folder / name).glob(f"*/part-{bucket}.parquet"))


def _read_part(path: Path, columns: list[str] | None = None) -> pa.Table:
    with pq.ParquetFile(path) as file:
        known = None if columns is None else [name for name in columns if name in file.schema_arrow.names]
        return file.read(columns=known)


def _upgrade(part: pa.Table, schema: pa.Schema) -> pa.Table:
    """Give a part today's columns; one written before filers were named gets them from what it holds."""
    today = conform(part, schema)
    if "filer" not in schema.names or "filer" in part.column_names or "file_name" not in part.column_names:
        return today
    stems = [PurePosixPath(name).stem for name in part.column("file_name").to_pylist()]
    filers = pc.coalesce(part.column("township"), part.column("unit_name"), pa.array(stems, pa.string()))
    return today.set_column(schema.get_field_index("filer"), schema.field("filer"), filers)


def _to_bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(table.combine_chunks(), sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())


def _rows_of(rows: pa.Table, ids: list[str]) -> pa.Table:
    return rows.filter(pc.is_in(rows.column("filing_id"), value_set=pa.array(sorted(ids), pa.string())))


def _sorted(rows: pa.Table, spec: TableSpec) -> pa.Table:
    return rows.sort_by([(column, "ascending") for column in ("filing_id", *spec.row_order)])
