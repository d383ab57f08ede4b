"""The journal: what was read from each file, kept safe until it is folded into the Parquet parts."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from transforms.records import FilingRecords
from warehouse.files import set_aside, write_bytes
from warehouse.schema import conform, stored_tables
from warehouse.store.manifest import Refusal
from warehouse.store.received import ReceivedFile
from warehouse.store.rows import InboxFact, records_to_tables

_FILING, _REFUSAL = ".filing", ".refusal"
Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class JournalledFiling:
    """One filing's rows by table, with what it was made with (``key``) and the terms that named its records."""

    filing_id: str
    key: str
    terms: str | None
    tables: Mapping[str, pa.Table]


def encode_tables(tables: Mapping[str, pa.Table]) -> bytes:
    """Give a filing's tables as Arrow streams one after the other, in the order of ``stored_tables``."""
    sink = pa.BufferOutputStream()
    for name in stored_tables():
        with pa.ipc.new_stream(sink, tables[name].schema) as stream:
            stream.write_table(tables[name])
    return bytes(sink.getvalue().to_pybytes())


class Journal:
    """One file per filing or refusal in a folder; a file is either whole or absent."""

    def __init__(self, folder: Path) -> None:
        """Use a folder, which need not exist yet."""
        self._folder = folder

    def add_filing(self, filing_id: str, key: str, terms: str | None, rows: bytes) -> None:
        """Write one filing: a line that says what it was made with, and its encoded tables."""
        head = json.dumps({"key": key, "terms": terms}).encode("utf-8") + b"\n"
        write_bytes(self._folder / f"{filing_id}{_FILING}", head + rows)
        (self._folder / f"{filing_id}{_REFUSAL}").unlink(missing_ok=True)

    def add_refusal(self, sha256: str, refusal: Refusal) -> None:
        """Write one refusal."""
        facts = [refusal.reason, refusal.detail, refusal.pipeline_version]
        write_bytes(self._folder / f"{sha256}{_REFUSAL}", json.dumps(facts, ensure_ascii=False).encode("utf-8"))
        (self._folder / f"{sha256}{_FILING}").unlink(missing_ok=True)

    def filings(self) -> list[JournalledFiling]:
        """Read the journalled filings, sorted by id."""
        read = [_try(path, _read_filing) for path in list(self._paths(_FILING))]
        return [filing for filing in read if filing is not None]

    def refusals(self) -> dict[str, Refusal]:
        """Read the journalled refusals by sha256."""
        read = [(path.stem, _try(path, _read_refusal)) for path in list(self._paths(_REFUSAL))]
        return {sha256: refusal for sha256, refusal in read if refusal is not None}

    def clear(self) -> None:
        """Drop all entries, once they are folded and the manifest names them."""
        for path in list(self._paths()):
            path.unlink()

    def _paths(self, *endings: str) -> Iterator[Path]:
        if self._folder.exists():
            yield from sorted(p for p in self._folder.iterdir() if p.suffix in (endings or (_FILING, _REFUSAL)))


def _try(path: Path, read: Callable[[Path], Entry]) -> Entry | None:
    """Read an entry; a torn one, or one of an older form, is set aside: its file is read again."""
    try:
        return read(path)
    except (ValueError, KeyError, TypeError, OSError, pa.ArrowException) as error:
        set_aside(path, type(error).__name__)
        return None


def _read_filing(path: Path) -> JournalledFiling:
    content = path.read_bytes()
    head, _, _ = content.partition(b"\n")
    said = json.loads(head)
    tables: dict[str, pa.Table] = {}
    with pa.BufferReader(pa.py_buffer(content)) as source:
        source.seek(len(head) + 1)
        for name, spec in stored_tables().items():
            tables[name] = conform(pa.ipc.open_stream(source).read_all(), spec.schema)
    return JournalledFiling(path.stem, str(said["key"]), said["terms"], tables)


def _read_refusal(path: Path) -> Refusal:
    return Refusal(*json.loads(path.read_text(encoding="utf-8")))


def encode_rows(file: ReceivedFile, format: str, page_count: int | None, records: FilingRecords) -> bytes:
    """Make the rows of one filing, as the journal keeps them; needs no store, so that a worker can do it."""
    fact = InboxFact(file.sha256, file.file_name, format, page_count, file.received_at, file.is_ahead)
    return encode_tables(records_to_tables(fact, records))
