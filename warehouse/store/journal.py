"""The journal: what was read from each file, kept safe until it is folded into the Parquet parts."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from warehouse.files import write_bytes
from warehouse.schema import conform, stored_tables
from warehouse.store.manifest import Refusal

_FILING, _REFUSAL = ".filing", ".refusal"


@dataclass(frozen=True, slots=True)
class JournalledFiling:
    """One filing's rows by table, with the versions of pipeline and terms that made them."""

    filing_id: str
    pipeline_version: str
    terms: str | None
    tables: Mapping[str, pa.Table]


class Journal:
    """One file per filing or refusal in a folder; a file is either whole or absent."""

    def __init__(self, folder: Path) -> None:
        """Use a folder, which need not exist yet."""
        self._folder = folder

    def is_empty(self) -> bool:
        """Tell whether nothing waits to be folded."""
        return next(self._paths(), None) is None

    def add_filing(self, filing: JournalledFiling) -> None:
        """Write one filing: its tables as Arrow streams one after the other, versions in the first one's schema."""
        sink = pa.BufferOutputStream()
        versions = json.dumps({"pipeline_version": filing.pipeline_version, "terms": filing.terms})
        for name in stored_tables():
            table = filing.tables[name].replace_schema_metadata({"versions": versions})
            with pa.ipc.new_stream(sink, table.schema) as stream:
                stream.write_table(table)
        write_bytes(self._folder / f"{filing.filing_id}{_FILING}", sink.getvalue().to_pybytes())
        (self._folder / f"{filing.filing_id}{_REFUSAL}").unlink(missing_ok=True)

    def add_refusal(self, sha256: str, refusal: Refusal) -> None:
        """Write one refusal."""
        facts = [refusal.reason, refusal.detail, refusal.pipeline_version]
        write_bytes(self._folder / f"{sha256}{_REFUSAL}", json.dumps(facts, ensure_ascii=False).encode("utf-8"))
        (self._folder / f"{sha256}{_FILING}").unlink(missing_ok=True)

    def filings(self) -> list[JournalledFiling]:
        """Read the journalled filings, sorted by id."""
        return [self._read_filing(path) for path in self._paths(_FILING)]

    def refusals(self) -> dict[str, Refusal]:
        """Read the journalled refusals by sha256."""
        return {path.stem: Refusal(*json.loads(path.read_text(encoding="utf-8"))) for path in self._paths(_REFUSAL)}

    def clear(self) -> None:
        """Drop all entries, once they are folded and the manifest names them."""
        for path in list(self._paths()):
            path.unlink()

    def _paths(self, *endings: str) -> Iterator[Path]:
        if self._folder.exists():
            yield from sorted(p for p in self._folder.iterdir() if p.suffix in (endings or (_FILING, _REFUSAL)))

    def _read_filing(self, path: Path) -> JournalledFiling:
        tables: dict[str, pa.Table] = {}
        versions: dict[str, str | None] = {}
        with pa.memory_map(str(path)) as source:
            for name, spec in stored_tables().items():
                table = pa.ipc.open_stream(source).read_all()
                versions = json.loads(table.schema.metadata[b"versions"])
                tables[name] = conform(table, spec.schema)
        return JournalledFiling(path.stem, str(versions["pipeline_version"]), versions["terms"], tables)
