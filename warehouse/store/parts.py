"""The Parquet parts: one file per table, fiscal year and first hex digit of the filing id.

What a part holds is a function of the filings in it alone (rows sorted, no times, no names of runs), so the same
filings give the same bytes in whatever order they came, and a new filing touches one part per table.
"""

import hashlib
import logging
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from warehouse.files import hash_file, remove_file, set_aside, write_if_changed
from warehouse.schema import TableSpec, conform, rejected_files, stored_tables

log = logging.getLogger("jixiao")

YEAR_FOLDER, NO_YEAR = "fiscal_year=", "__HIVE_DEFAULT_PARTITION__"
"""A folder a year, named as readers of Parquet know partitions: from its name they give the rows their fiscal year
(null where it is not known) and open other years' folders not at all. The filings say their year themselves, and some
readers refuse a column that comes twice: their folders are plain years."""

PLAIN_NO_YEAR = "no_year"

OLDER_FOLDER = re.compile(r"(?P<table>[^/]+)/(?P<year>\d{4}|no_year)/(?P<file>part-.\.parquet)")
"""The names that parts had before their folders were partitions."""

SCHEMA_FILE = "_schema.parquet"
"""A part without rows: a table's types are known before it has any."""


@dataclass(frozen=True, slots=True)
class DamagedPart:
    """A part that is not what was written, or is gone; ``name`` is its path below parquet/."""

    name: str

    def holds(self, filing_id: str, year: int | None) -> bool:
        """Tell whether rows of this filing may have stood in the part."""
        table, _, place = self.name.partition("/")
        return table in stored_tables() and place == _place(table, year, filing_id[0])


class Parts:
    """The parts under one ``parquet`` folder.

    ``written`` counts the files changed through this object, ``checksums`` has each part's sha256 by its path below the
    folder, as it was written.
    """

    def __init__(self, folder: Path, checksums: Mapping[str, str]) -> None:
        """Use a folder, which need not exist yet, and the checksums that its parts had when they were written."""
        self.folder = folder
        self.checksums = dict(checksums)
        self.written = 0

    def take_checksums(self) -> None:
        """Take the parts that are there for whole: an older program kept no checksums."""
        paths = sorted(self.folder.rglob("*.parquet"))
        self.checksums = {path.relative_to(self.folder).as_posix(): hash_file(path) for path in paths}

    def rename_older(self) -> bool:
        """Move parts that an older program wrote to the folders that they have today; tell whether there were any.

        A run that is killed in between finds the rest of them in either place.
        """
        renamed = {name: today for name in self.checksums if (today := _today_name(name)) is not None}
        for name, today in renamed.items():
            self.checksums[today] = self.checksums.pop(name)
            if (self.folder / name).exists():
                (self.folder / today).parent.mkdir(parents=True, exist_ok=True)
                (self.folder / name).replace(self.folder / today)
        for name in {name.rpartition("/")[0] for name in renamed}:
            with suppress(OSError):  # a folder that holds something else stays
                (self.folder / name).rmdir()
        schemas = [name for table in stored_tables() if (name := f"{table}/{SCHEMA_FILE}") in self.checksums]
        for name in schemas:
            del self.checksums[name]
            (self.folder / name).unlink(missing_ok=True)
        return bool(renamed or schemas)

    def set_damaged_aside(self) -> list[DamagedPart]:
        """Compare every part with its checksum; rename those that differ, and give them and those that are gone."""
        damaged = []
        for name, checksum in sorted(self.checksums.items()):
            path = self.folder / name
            is_there = path.is_file()
            if is_there and hash_file(path) == checksum:
                continue
            if is_there:
                set_aside(path, "校验和不符")
            else:
                log.warning("%s 已缺失，现在重新生成。", path)
            del self.checksums[name]
            damaged.append(DamagedPart(name))
        return damaged

    def read(self, name: str, columns: list[str] | None = None) -> pa.Table:
        """Read a whole table, or some of its columns."""
        spec = stored_tables()[name]
        schema = spec.schema if columns is None else pa.schema([spec.schema.field(column) for column in columns])
        parts = [_read_part(path, columns) for path in self._part_paths(name)]
        return pa.concat_tables([schema.empty_table(), *(_upgrade(part, schema) for part in parts)])

    def has_schemas(self) -> bool:
        """Tell whether every table's parts are written in today's schema."""
        return not any(self._is_outdated(spec) for spec in (*stored_tables().values(), rejected_files()))

    def _is_outdated(self, spec: TableSpec) -> bool:
        path = self._schema_path(spec)
        is_whole = self._name(path) in self.checksums and path.exists()
        return not (is_whole and _read_part(path).schema.equals(spec.schema))

    def write_schemas(self) -> None:
        """Write each table's part without rows; where a table's schema changed, rewrite its parts in the new one."""
        for spec in (*stored_tables().values(), rejected_files()):
            if not self._is_outdated(spec):
                continue
            for part in self._part_paths(spec.name):
                self._write(part, _upgrade(_read_part(part), spec.schema))
            self._write(self._schema_path(spec), spec.schema.empty_table())

    def put(
        self,
        name: str,
        tables: Iterable[pa.Table],
        years: Mapping[str, int | None],
        before: Mapping[str, int | None],
    ) -> None:
        """Replace the rows of filings by those of ``tables``; touches only parts that hold, or are to hold, them.

        ``years`` has the fiscal year of each filing that is put, ``before`` of each that is stored already; a filing
        that stands only there goes.
        """
        spec = stored_tables()[name]
        rows = pa.concat_tables([spec.schema.empty_table(), *tables])
        old: dict[Path, set[str]] = {}
        new: dict[Path, set[str]] = {}
        for known, places in ((before, old), (years, new)):
            for filing_id, year in known.items():
                places.setdefault(self._path(name, year, filing_id[0]), set()).add(filing_id)
        for path in sorted(old.keys() | new.keys()):
            here = new.get(path, set())
            self._replace_rows(path, spec, old.get(path, set()) | here, _rows_of(rows, sorted(here)))

    def read_filings(self, years: Mapping[str, int | None], name: str, columns: list[str] | None = None) -> pa.Table:
        """Read the rows of some filings (id → fiscal year)."""
        spec = stored_tables()[name]
        schema = spec.schema if columns is None else pa.schema([spec.schema.field(column) for column in columns])
        paths = {self._path(name, year, filing_id[0]) for filing_id, year in years.items()}
        parts = [_upgrade(_read_part(path, columns), schema) for path in sorted(paths) if path.exists()]
        return _rows_of(pa.concat_tables([schema.empty_table(), *parts]), sorted(years))

    def rewrite(self, name: str, change: Callable[[pa.Table], pa.Table]) -> int:
        """Apply a function to each part of a table, keeping rows and order; tell how many parts changed."""
        before = self.written
        for path in self._part_paths(name):
            self._write(path, change(conform(_read_part(path), stored_tables()[name].schema)))
        return self.written - before

    def write_rejected(self, rejected: pa.Table) -> None:
        """Write the table of files that could not be read."""
        self._write(self.folder / "rejected_files" / "part.parquet", rejected)

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
        content = _to_bytes(table)
        self.checksums[self._name(path)] = hashlib.sha256(content).hexdigest()
        self.written += write_if_changed(path, content)

    def _remove(self, path: Path) -> None:
        self.checksums.pop(self._name(path), None)
        remove_file(path)
        self.written += 1

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def _path(self, name: str, year: int | None, bucket: str) -> Path:
        return self.folder / name / _place(name, year, bucket)

    def _schema_path(self, spec: TableSpec) -> Path:
        """Give the place of a table's types: in a partition, since a reader that asks for the year asks it of every file."""
        is_stored = spec.name in stored_tables()
        folder = self.folder / spec.name
        return (folder / _year_folder(spec.name, None) if is_stored else folder) / SCHEMA_FILE

    def _part_paths(self, name: str, bucket: str = "*") -> list[Path]:
        return sorted((self.folder / name).glob(f"*/part-{bucket}.parquet"))


def _place(table: str, year: int | None, bucket: str) -> str:
    return f"{_year_folder(table, year)}/part-{bucket}.parquet"


def _year_folder(table: str, year: int | None) -> str:
    if "fiscal_year" in stored_tables()[table].schema.names:
        return PLAIN_NO_YEAR if year is None else str(year)
    return f"{YEAR_FOLDER}{NO_YEAR if year is None else year}"


def _today_name(name: str) -> str | None:
    """Give the name that a part of an older program has today; None for one that has it already."""
    found = OLDER_FOLDER.fullmatch(name)
    if found is None or found["table"] not in stored_tables():
        return None
    year = None if found["year"] == PLAIN_NO_YEAR else int(found["year"])
    today = f"{found['table']}/{_year_folder(found['table'], year)}/{found['file']}"
    return today if today != name else None


def _read_part(path: Path, columns: list[str] | None = None) -> pa.Table:
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
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
    pq.write_table(table.combine_chunks(), sink, compression="zstd", write_page_checksum=True)
    return bytes(sink.getvalue().to_pybytes())


def _rows_of(rows: pa.Table, ids: list[str]) -> pa.Table:
    return rows.filter(pc.is_in(rows.column("filing_id"), value_set=pa.array(sorted(ids), pa.string())))


def _sorted(rows: pa.Table, spec: TableSpec) -> pa.Table:
    return rows.sort_by([(column, "ascending") for column in ("filing_id", *spec.row_order)])
