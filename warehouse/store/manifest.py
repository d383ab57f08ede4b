"""The manifest: what is known of the inbox's files and of the stored filings and parts, so that nothing is opened twice.

What it says can be found again from the inbox, the Parquet parts and the kept Documents: a torn one is set aside, and
all filings are then made anew.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from warehouse.files import set_aside, write_if_changed
from warehouse.schema import rejected_files
from warehouse.store.received import ReceivedFile

FORM = 2
_OLDER = 1
"""The form up to 2026-11: filings with their program version only, no parts."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the bytes of a file were not loaded, and by which pipeline version."""

    reason: str
    detail: str
    pipeline_version: str


@dataclass(frozen=True, slots=True)
class StoredFiling:
    """One stored filing: with what it was made (``key``), and what its place in the parts and its rivals follow from.

    ``received_us`` is its moment of receipt in microseconds since 1970.
    """

    key: str
    format: str
    file_name: str
    received_us: int
    fiscal_year: int | None
    filer: str
    doc_kind: str

    @property
    def unit(self) -> tuple[str, int | None, str]:
        """Give filer, year and kind: filings of one unit may replace each other."""
        return self.filer, self.fiscal_year, self.doc_kind


@dataclass(frozen=True, slots=True)
class Manifest:
    """``files`` by inbox path, ``filings`` by id, ``refusals`` by sha256, ``parts`` (path below parquet/ → sha256).

    ``terms`` names the county's terms that the stored names were made with; ``hashed_on`` is the day on which every
    file of the inbox was last hashed. ``is_whole`` is False where filings or parts had to be found from the parts.
    """

    files: Mapping[str, ReceivedFile] = field(default_factory=dict)
    filings: Mapping[str, StoredFiling] = field(default_factory=dict)
    refusals: Mapping[str, Refusal] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    terms: str | None = None
    hashed_on: date | None = None
    is_whole: bool = True


def read_manifest(path: Path) -> Manifest:
    """Read the manifest; an empty one where nothing was ever committed.

    Raises ValueError where a newer program wrote it. One that is torn is set aside, and nothing is known (``is_whole``).
    """
    if not path.exists():
        return Manifest()
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        form = content["form"]
        if form in (FORM, _OLDER):
            return _understand(content, is_older=form == _OLDER)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        set_aside(path, type(error).__name__)
        return Manifest(is_whole=False)
    raise ValueError(f"{path}: manifest form {form} is not {FORM}")


def _understand(content: Mapping[str, object], *, is_older: bool) -> Manifest:
    files, filings, refusals = content["files"], content["filings"], content["refusals"]
    assert isinstance(files, dict) and isinstance(filings, dict) and isinstance(refusals, dict)
    parts, hashed_on, terms = content.get("parts", {}), content.get("hashed_on"), content["terms"]
    assert isinstance(parts, dict) and isinstance(terms, str | None)
    return Manifest(
        files={name: ReceivedFile(name, *facts) for name, facts in files.items()},
        filings={} if is_older else {filing_id: StoredFiling(*facts) for filing_id, facts in filings.items()},
        refusals={sha256: Refusal(*facts) for sha256, facts in refusals.items()},
        parts=parts,
        terms=terms,
        hashed_on=date.fromisoformat(hashed_on) if isinstance(hashed_on, str) else None,
        is_whole=not is_older,
    )


def write_manifest(path: Path, manifest: Manifest) -> bool:
    """Replace the manifest in one step; equal content gives equal bytes. Tell whether it was written."""
    content = {
        "form": FORM,
        "terms": manifest.terms,
        "hashed_on": manifest.hashed_on.isoformat() if manifest.hashed_on else None,
        "files": {name: _file_facts(file) for name, file in sorted(manifest.files.items())},
        "filings": {
            filing_id: [
                *(filing.key, filing.format, filing.file_name, filing.received_us),
                *(filing.fiscal_year, filing.filer, filing.doc_kind),
            ]
            for filing_id, filing in sorted(manifest.filings.items())
        },
        "refusals": {
            sha256: [refusal.reason, refusal.detail, refusal.pipeline_version]
            for sha256, refusal in sorted(manifest.refusals.items())
        },
        "parts": dict(sorted(manifest.parts.items())),
    }
    return write_if_changed(path, json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


def _file_facts(file: ReceivedFile) -> list[object]:
    facts = [file.size, file.mtime_ns, file.sha256, file.ctime_ns, file.inode, file.received_ns, file.is_ahead]
    return facts if file.is_ahead else facts[:6] if file.received_ns is not None else facts[:5]


INDEX_COLUMNS = ["filing_id", "format", "file_name", "received_at", "fiscal_year", "filer", "doc_kind"]


def list_filings(heads: pa.Table, keys: Mapping[str, str] | str) -> dict[str, StoredFiling]:
    """Give stored filings from the rows of ``filings``; ``keys`` says with what each was made (one text: all of them)."""
    columns = [heads.column(name).to_pylist() for name in INDEX_COLUMNS]
    return {
        filing_id: StoredFiling(
            keys if isinstance(keys, str) else keys[filing_id], form, name, _microseconds(received), year, filer, kind
        )
        for filing_id, form, name, received, year, filer, kind in zip(*columns, strict=True)
    }


def _microseconds(moment: datetime) -> int:
    since = moment.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def rejected_table(manifest: Manifest) -> pa.Table:
    """Give the table of files that stay rejected, with the reason."""
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
