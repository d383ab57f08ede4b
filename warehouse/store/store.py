"""The store: the record of what was read, as Parquet, safe against a kill at any moment.

What a file holds is journalled as soon as it is read; a commit folds the journal into the Parquet parts, replaces
the manifest and empties the journal. Every step gives the same result when it is done again, so a run that finds a
journal left behind folds it in and ends as if nothing had happened. The caller sees to it that one run at a time
changes a home.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from extractors.rejection import Reason
from transforms.records import FilingRecords
from warehouse.files import remove_left_overs
from warehouse.schema import rejected_files, stored_tables
from warehouse.store.journal import Journal, JournalledFiling
from warehouse.store.manifest import Manifest, Refusal, read_manifest, write_manifest
from warehouse.store.parts import Parts
from warehouse.store.received import FoundFile, ReceivedFile, read_inbox_file
from warehouse.store.renaming import Naming
from warehouse.store.rows import InboxFact, records_to_tables

RETRIED_REASONS = frozenset({Reason.NEEDS_LIBREOFFICE.value, Reason.NEEDS_OCR.value})
"""Refusals that lie with the machine and not with the file: tried again every run."""


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """What to read: ``to_read`` holds each content once, sorted by path; ``new`` and ``changed`` are paths in it.

    ``known`` counts the inbox's files that need not be read; ``duplicates`` pairs the path of a file with that of
    the file that has the same bytes; ``rejected`` holds the known files that stay rejected.
    """

    to_read: tuple[ReceivedFile, ...]
    new: frozenset[str]
    changed: frozenset[str]
    known: int
    duplicates: tuple[tuple[str, str], ...]
    rejected: tuple[tuple[ReceivedFile, Refusal], ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a commit changed: filings and refusals folded in, tables named anew, Parquet files written."""

    filings: int
    refusals: int
    renamed: bool
    files_written: int


class Store:
    """A home's record of filings; see the module for how it survives a kill."""

    def __init__(self, home: Path, pipeline_version: str, naming: Naming | None) -> None:
        """Open what earlier runs left; raises ValueError where a newer program wrote the manifest."""
        self._version = pipeline_version
        self._naming = naming
        self._places = (home / "state", home / "parquet")
        self._manifest_path = home / "state" / "manifest.json"
        self._journal = Journal(home / "state" / "journal")
        self._parts = Parts(home / "parquet")
        self._manifest = read_manifest(self._manifest_path)
        self._waiting = {filing.filing_id: filing.pipeline_version for filing in self._journal.filings()}
        self._waiting_refusals = self._journal.refusals()
        self._seen: dict[str, ReceivedFile] | None = None

    def is_known(self, file: ReceivedFile) -> bool:
        """Tell whether this pipeline version has read (or refused) these bytes, so that they need not be read."""
        refusal = self._refusal(file.sha256)
        if refusal is not None:
            return refusal.pipeline_version == self._version and refusal.reason not in RETRIED_REASONS
        return (self._waiting.get(file.sha256) or self._manifest.filings.get(file.sha256)) == self._version

    def plan_files(self, found: Mapping[str, FoundFile]) -> ReadPlan:
        """Tell what to read of the files found in the inbox (by relative path); hashes those with new size or time.

        What is not in ``found`` counts as gone from the inbox: its filing stays in the store, a refusal does not.
        """
        self._seen = {path: self._look_at(path, found[path]) for path in sorted(found)}
        first: dict[str, str] = {}
        duplicates = []
        for path, file in self._seen.items():
            if first.setdefault(file.sha256, path) != path:
                duplicates.append((path, first[file.sha256]))
        to_read = tuple(self._seen[path] for path in first.values() if not self.is_known(self._seen[path]))
        new = frozenset(file.path for file in to_read if file.path not in self._manifest.files)
        again = {file.sha256 for file in to_read}
        rejected = (
            (file, refusal)
            for file in self._seen.values()
            if file.sha256 not in again and (refusal := self._refusal(file.sha256)) is not None
        )
        return ReadPlan(
            to_read=to_read,
            new=new,
            changed=frozenset(file.path for file in to_read) - new,
            known=len(self._seen) - len(to_read) - sum(1 for path, _ in duplicates if self._seen[path].sha256 in again),
            duplicates=tuple(duplicates),
            rejected=tuple(rejected),
        )

    def journal(self, file: ReceivedFile, format: str, page_count: int | None, records: FilingRecords) -> None:
        """Keep what was read from a file; from here on it need not be read again."""
        fact = InboxFact(file.sha256, file.file_name, format, page_count, file.received_at)
        terms = self._naming.terms if self._naming else None
        tables = records_to_tables(fact, records)
        self._journal.add_filing(JournalledFiling(file.sha256, self._version, terms, tables))
        self._waiting[file.sha256] = self._version
        self._waiting_refusals.pop(file.sha256, None)

    def reject(self, file: ReceivedFile, reason: Reason, detail: str) -> None:
        """Keep why a file was not loaded; it is read again only when it, or the pipeline, changes."""
        refusal = Refusal(reason.value, detail, self._version)
        self._journal.add_refusal(file.sha256, refusal)
        self._waiting_refusals[file.sha256] = refusal
        self._waiting.pop(file.sha256, None)

    def commit(self) -> Changes:
        """Fold the journal into the Parquet parts and replace the manifest; without news, no byte changes."""
        self._parts.written = 0
        remove_left_overs(*self._places)
        waiting = self._journal.filings()
        renamed = self._naming is not None and self._manifest.terms != self._naming.terms
        self._parts.write_schemas()
        refused_now = self._waiting_refusals.keys() & self._manifest.filings.keys()
        if waiting or refused_now:
            self._fold([self._named(filing) for filing in waiting], refused_now)
        if renamed:
            self._rename_stored()
        manifest = self._next_manifest(waiting)
        self._parts.write_rejected(_rejected_table(manifest))
        refused = len(self._waiting_refusals)
        write_manifest(self._manifest_path, manifest)
        self._journal.clear()
        self._manifest, self._waiting, self._waiting_refusals = manifest, {}, {}
        return Changes(len(waiting), refused, renamed, self._parts.written)

    def _look_at(self, path: str, found: FoundFile) -> ReceivedFile:
        known = self._manifest.files.get(path)
        if known is not None and (known.size, known.mtime_ns) == (found.size, found.mtime_ns):
            return known
        return read_inbox_file(path, found)

    def _refusal(self, sha256: str) -> Refusal | None:
        if sha256 in self._waiting:
            return None
        return self._waiting_refusals.get(sha256) or self._manifest.refusals.get(sha256)

    def _named(self, filing: JournalledFiling) -> Mapping[str, pa.Table]:
        """Give a journalled filing's tables with the names of today's terms."""
        if self._naming is None or filing.terms == self._naming.terms:
            return filing.tables
        return {
            **filing.tables,
            "indicators": self._naming.rename_indicators(filing.tables["indicators"]),
            "projects": self._naming.rename_projects(filing.tables["projects"]),
        }

    def _fold(self, filings: list[Mapping[str, pa.Table]], gone: Collection[str]) -> None:
        """Put the filings' rows in the place of older ones, and take out the filings that are refused by now."""
        from warehouse.store.versions import mark_versions  # pandas takes half a second to import

        heads = pa.concat_tables([stored_tables()["filings"].schema.empty_table(), *(t["filings"] for t in filings)])
        ids: list[str] = heads.column("filing_id").to_pylist()
        years = dict.fromkeys(gone) | dict(zip(ids, heads.column("fiscal_year").to_pylist(), strict=True))
        for name in stored_tables():
            if name != "filings":
                self._parts.put(name, [tables[name] for tables in filings], years)
        stored = self._parts.read("filings")
        is_old = pc.is_in(stored.column("filing_id"), value_set=pa.array(sorted(years)))
        every = pa.concat_tables([stored.filter(pc.invert(is_old)), heads])
        projects = self._parts.read("projects", ["filing_id", "project_code", "project_name"])
        self._parts.write_filings(mark_versions(every, projects))

    def _rename_stored(self) -> None:
        assert self._naming is not None
        self._parts.rewrite("indicators", self._naming.rename_indicators)
        self._parts.rewrite("projects", self._naming.rename_projects)

    def _next_manifest(self, waiting: list[JournalledFiling]) -> Manifest:
        files = self._manifest.files if self._seen is None else self._seen
        here = {file.sha256 for file in files.values()}
        filings = {**self._manifest.filings, **{filing.filing_id: filing.pipeline_version for filing in waiting}}
        refusals = {**self._manifest.refusals, **self._waiting_refusals}
        read = {filing.filing_id for filing in waiting}
        return Manifest(
            files=files,
            filings={sha256: version for sha256, version in filings.items() if sha256 not in self._waiting_refusals},
            # A refusal lasts as long as its file is there and nothing was loaded from it since.
            refusals={sha256: refusal for sha256, refusal in refusals.items() if sha256 in here - read},
            terms=self._naming.terms if self._naming else self._manifest.terms,
        )


def open_store(home: Path, pipeline_version: str, naming: Naming | None = None) -> Store:
    """Open a home's store; without ``naming`` the names stay as they are stored."""
    return Store(home, pipeline_version, naming)


def remap(home: Path, naming: Naming) -> Changes:
    """Name all stored records anew where the terms changed; reads no filing, rewrites only parts that differ."""
    return open_store(home, "", naming).commit()


def _rejected_table(manifest: Manifest) -> pa.Table:
    rows = [
        {
            "file_name": file.file_name,
            "sha256": file.sha256,
            "reason": refusal.reason,
            "detail": refusal.detail,
            "rejected_at": file.received_at.replace(tzinfo=None),
        }
        for _, file in sorted(manifest.files.items())
        if (refusal := manifest.refusals.get(file.sha256)) is not None
    ]
    return pa.Table.from_pylist(rows, schema=rejected_files().schema)
