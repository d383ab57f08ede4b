"""The store: the record of what was read, as Parquet, safe against a kill at any moment.

What a file holds is journalled as soon as it is read; a commit folds the journal into the Parquet parts, replaces
the manifest and empties the journal. Every step gives the same result when it is done again, so a run that finds a
journal left behind folds it in and ends as if nothing had happened. The caller sees to it that one run at a time
changes a home.

A part that is not what was written is set aside, and the filings that it may have held are made anew: from their kept
Documents, else from the inbox.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pyarrow as pa

from extractors.rejection import PASSING, Reason
from transforms.records import FilingRecords
from warehouse.files import remove_left_overs, write_bytes
from warehouse.home import Home
from warehouse.schema import stored_tables
from warehouse.store.journal import Journal, JournalledFiling, encode_rows
from warehouse.store.manifest import (
    Manifest,
    Refusal,
    StoredFiling,
    list_filings,
    read_manifest,
    rejected_table,
    write_manifest,
)
from warehouse.store.parts import Parts
from warehouse.store.plan import Changes, ReadPlan
from warehouse.store.received import FoundFile, ReceivedFile, look_at
from warehouse.store.renaming import Naming, places_of
from warehouse.store.versions import mark_versions

RETRIED_REASONS = frozenset(reason.value for reason in PASSING)
"""Refusals that may lie with the machine and not with the file: tried again every run."""

FULL_HASH = timedelta(days=7)
"""So often every file is hashed again, whatever its size and times say: a copy tool may keep all of them."""

NO_FORMAT = ""
"""Stands for the readers of all formats: that of a refused file may not be known."""

DAMAGED, OLDER = "", "older"
"""Keys of stored filings whose rows are lost, and of those that nobody knows with what they were made."""


def no_version(_: str) -> str:
    """Stand for readers or decisions that play no part."""
    return ""


class Store:
    """A home's record of filings; see the module for how it survives a kill."""

    def __init__(
        self,
        home: Path,
        pipeline_version: str,
        naming: Naming | None,
        readers: Callable[[str], str],
        decided: Callable[[str], str],
    ) -> None:
        """Open what earlier runs left; raises ValueError where a newer program wrote the manifest."""
        self._version = pipeline_version
        self._naming = naming
        self._readers, self._decided = readers, decided
        self._place = Home(home)
        self._mark = self._place.state / "committing"
        self._is_damaged = False
        self._manifest, self._parts = self._open(self._place.parquet)
        self._journal = Journal(self._place.journal)
        self._waiting = {
            filing_id: stored
            for filing in self._journal.filings()
            for filing_id, stored in list_filings(filing.tables["filings"], {filing.filing_id: filing.key}).items()
        }
        self._waiting_refusals = self._journal.refusals()
        self._seen: dict[str, ReceivedFile] | None = None
        self._hashed_on = self._manifest.hashed_on

    def _open(self, folder: Path) -> tuple[Manifest, Parts]:
        """Read the manifest and check the parts against it; a part that differs costs its filings their key."""
        manifest = read_manifest(self._place.manifest)
        parts = Parts(folder, manifest.parts)
        if not manifest.is_whole or not self._place.manifest.exists():
            parts.take_checksums()
            parts.rename_older()
            return replace(manifest, filings=list_filings(parts.read("filings"), OLDER)), parts
        if parts.rename_older():
            manifest = replace(manifest, parts=dict(parts.checksums))
            write_manifest(self._place.manifest, manifest)
        if self._mark.exists():  # killed while parts were written: they are ahead of the manifest
            return manifest, parts
        filings = dict(manifest.filings)
        for damage in parts.set_damaged_aside():
            lost = [name for name, filing in filings.items() if damage.holds(name, filing.fiscal_year)]
            filings |= {name: replace(filings[name], key=DAMAGED) for name in lost}
            self._is_damaged = True
        return replace(manifest, filings=filings), parts

    @property
    def terms(self) -> str | None:
        """Name the county's terms that records are named with."""
        return self._naming.terms if self._naming else None

    @property
    def inbox(self) -> Mapping[str, ReceivedFile]:
        """Give the inbox's files by their sha256, as they were last listed; of equal ones the first."""
        return {file.sha256: file for file in reversed([*(self._seen or self._manifest.files).values()])}

    def key_of(self, sha256: str, format: str) -> str:
        """Say with what the records of a filing are made today: the program, the readers, the county's decisions."""
        return "-".join(part for part in (self._version, self._readers(format), self._decided(sha256)) if part)

    def is_known(self, file: ReceivedFile) -> bool:
        """Tell whether the records of these bytes (or their refusal) are those that would be made today."""
        refusal = self._refusal(file.sha256)
        if refusal is not None:
            return (
                refusal.pipeline_version == self.key_of(file.sha256, NO_FORMAT)
                and refusal.reason not in RETRIED_REASONS
            )
        stored = self._waiting.get(file.sha256) or self._manifest.filings.get(file.sha256)
        return stored is not None and stored.key == self.key_of(file.sha256, stored.format)

    def plan_files(self, found: Mapping[str, FoundFile]) -> ReadPlan:
        """Tell what to read of the files found in the inbox (by relative path); hashes those that were touched.

        What is not in ``found`` counts as gone from the inbox: its filing stays in the store, a refusal does not.
        """
        self._seen = self._look_at(found)
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
            gone=tuple(self._lost_outside(first.keys())),
        )

    def _look_at(self, found: Mapping[str, FoundFile]) -> dict[str, ReceivedFile]:
        is_due = self._hashed_on is None or _today() - self._hashed_on >= FULL_HASH
        if is_due:
            self._hashed_on = _today()
        return look_at(found, self._manifest.files, hash_all=is_due)

    def _lost_outside(self, inbox: Collection[str]) -> Iterator[ReceivedFile]:
        for sha256, stored in self._manifest.filings.items():
            if stored.key == DAMAGED and sha256 not in inbox and sha256 not in self._waiting:
                yield ReceivedFile(stored.file_name, 0, stored.received_us * 1000, sha256)

    def journal(self, file: ReceivedFile, format: str, page_count: int | None, records: FilingRecords) -> None:
        """Keep what was read from a file; from here on it need not be read again."""
        self.journal_rows(file, format, encode_rows(file, format, page_count, records))

    def journal_rows(self, file: ReceivedFile, format: str, rows: bytes) -> None:
        """Keep rows that ``encode_rows`` made of what was read from a file."""
        key = self.key_of(file.sha256, format)
        self._journal.add_filing(file.sha256, key, self.terms, rows)
        self._waiting[file.sha256] = StoredFiling(key, format, file.file_name, 0, None, "", "")
        self._waiting_refusals.pop(file.sha256, None)

    def reject(self, file: ReceivedFile, reason: Reason, detail: str) -> None:
        """Keep why a file was not loaded; it is read again only when it, or the pipeline, changes."""
        refusal = Refusal(reason.value, detail, self.key_of(file.sha256, NO_FORMAT))
        self._journal.add_refusal(file.sha256, refusal)
        self._waiting_refusals[file.sha256] = refusal
        self._waiting.pop(file.sha256, None)

    def commit(self, expect: Callable[[frozenset[str]], None] = lambda townships: None) -> Changes:
        """Fold the journal into the Parquet parts and replace the manifest; without news, no byte changes.

        ``expect`` is told the townships that are folded in before anything says that they are.
        """
        self._parts.written = 0
        renamed = self._naming is not None and self._manifest.terms != self._naming.terms
        waiting = self._journal.filings() if self._waiting else []
        has_news = bool(waiting or self._waiting_refusals or renamed or self._is_damaged or self._mark.exists())
        if not has_news and self._parts.has_schemas() and self._next_manifest(self._manifest.filings) == self._manifest:
            return Changes(0, 0, False, 0)
        write_bytes(self._mark, b"")
        remove_left_overs(self._place.state, self._place.journal, self._parts.folder)
        self._parts.write_schemas()
        filings = self._manifest.filings
        refused_now = self._waiting_refusals.keys() & filings.keys()
        if waiting or refused_now:
            filings = self._fold(waiting, refused_now)
        if renamed:
            self._rename_stored()
        manifest = self._next_manifest(filings)
        self._parts.write_rejected(rejected_table(manifest))
        refused = len(self._waiting_refusals)
        manifest = replace(manifest, parts=dict(self._parts.checksums))
        townships = frozenset(t for rows in waiting for t in rows.tables["filings"].column("township").to_pylist() if t)
        expect(townships)
        write_manifest(self._place.manifest, manifest)
        self._journal.clear()
        self._mark.unlink()
        self._manifest, self._waiting, self._waiting_refusals = manifest, {}, {}
        return Changes(len(waiting), refused, renamed, self._parts.written, townships)

    def _refusal(self, sha256: str) -> Refusal | None:
        if sha256 in self._waiting:
            return None
        return self._waiting_refusals.get(sha256) or self._manifest.refusals.get(sha256)

    def _named(self, filing: JournalledFiling) -> Mapping[str, pa.Table]:
        if self._naming is None or filing.terms == self._naming.terms:
            return filing.tables
        return self._naming.rename(filing.tables)

    def _fold(self, waiting: list[JournalledFiling], gone: Collection[str]) -> dict[str, StoredFiling]:
        """Put the filings' rows in the place of older ones, take out those refused by now; give all stored filings."""
        tables = [self._named(filing) for filing in waiting]
        heads = pa.concat_tables([stored_tables()["filings"].schema.empty_table(), *(t["filings"] for t in tables)])
        arrived = list_filings(heads, {filing.filing_id: filing.key for filing in waiting})
        known = self._manifest.filings
        replaced = {name: known[name] for name in arrived.keys() | set(gone) if name in known}
        years, before = _years(arrived), _years(replaced)
        for name in stored_tables():
            if name != "filings":
                self._parts.put(name, [rows[name] for rows in tables], years, before)
        every = {name: filing for name, filing in known.items() if name not in replaced} | arrived
        units = {filing.unit for filing in (*arrived.values(), *replaced.values())}
        others = _years({n: filing for n, filing in every.items() if filing.unit in units and n not in arrived})
        concerned = pa.concat_tables([self._parts.read_filings(others, "filings"), heads])
        named = self._parts.read_filings({**years, **others}, "projects", _NAMING_PROJECTS)
        marked = mark_versions(concerned, named)
        self._parts.put("filings", [marked], {**years, **others}, {**before, **others})
        return every

    def _rename_stored(self) -> None:
        assert self._naming is not None
        self._parts.rewrite("indicators", self._naming.rename_indicators)
        places = places_of(self._parts.read("filings", ["filing_id", "county", "township"]))
        self._parts.rewrite("projects", partial(self._naming.rename_projects, places=places))

    def _next_manifest(self, filings: Mapping[str, StoredFiling]) -> Manifest:
        files = self._manifest.files if self._seen is None else self._seen
        here = {file.sha256 for file in files.values()}
        refusals = {**self._manifest.refusals, **self._waiting_refusals}
        return replace(
            self._manifest,
            files=files,
            filings={name: filing for name, filing in filings.items() if name not in self._waiting_refusals},
            # A refusal lasts as long as its file is there and nothing was loaded from it since.
            refusals={name: refusal for name, refusal in refusals.items() if name in here - self._waiting.keys()},
            terms=self._naming.terms if self._naming else self._manifest.terms,
            hashed_on=self._hashed_on,
        )


_NAMING_PROJECTS = ["filing_id", "project_no", "project_code", "project_name"]


def open_store(
    home: Path,
    pipeline_version: str,
    naming: Naming | None = None,
    *,
    readers: Callable[[str], str] = no_version,
    decided: Callable[[str], str] = no_version,
) -> Store:
    """Open a home's store; without ``naming`` the names stay as they are stored.

    A filing is made anew when what it was made with is no longer what it would be made with: ``pipeline_version`` for
    all, ``readers`` (by format) and ``decided`` (what the county decided about its cells, by sha256).
    """
    return Store(home, pipeline_version, naming, readers, decided)


def _years(filings: Mapping[str, StoredFiling]) -> dict[str, int | None]:
    return {filing_id: filing.fiscal_year for filing_id, filing in filings.items()}


def _today() -> date:
    return datetime.now(UTC).date()
