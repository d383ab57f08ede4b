"""Files that other projects' readers died of, through the guarded reader: each is read or refused, none hurts the run."""

import json
from collections.abc import Iterator

import pytest

from extractors.document import Document
from extractors.limits import Limits
from extractors.reading import Source, open_sources, read_source, run_guarded
from extractors.rejection import Reason, RejectedFile
from tests.places import SHARED

HOSTILE = SHARED / "cases" / "hostile"
LIMITS = Limits(seconds=10)
pytestmark = [
    pytest.mark.skipif(not HOSTILE.exists(), reason="the folder of hostile files is not beside the project"),
    pytest.mark.needs_libreoffice,
]


def read_one(source: Source) -> Document:
    """Read one source; runs in a worker."""
    return read_source(source, LIMITS)


@pytest.fixture(scope="module")
def results() -> Iterator[dict[str, Document | RejectedFile]]:
    paths = [path for path in sorted(HOSTILE.iterdir()) if path.name != "index.json"]
    with open_sources(paths, limits=LIMITS) as opened:
        found = {
            source.file_name: result
            for source, result in run_guarded(read_one, opened.sources, workers=2, limits=LIMITS)
        }
        found |= {path.name: rejected for path, rejected in opened.rejected}
    yield found


def known() -> dict[str, tuple[str, str]]:
    rows = json.loads((HOSTILE / "index.json").read_text(encoding="utf-8")) if HOSTILE.exists() else []
    return {row["file"]: (row["what"], row["seen_in_bytes"]) for row in rows}


def reason_of(result: Document | RejectedFile) -> Reason | None:
    return result.reason if isinstance(result, RejectedFile) else None


def test_every_file_is_read_or_refused(results: dict[str, Document | RejectedFile]) -> None:
    assert sorted(results) == sorted(known())


def test_none_kills_a_worker(results: dict[str, Document | RejectedFile]) -> None:
    bad = {Reason.READER_FAILED, Reason.WORKER_DIED, Reason.TOO_MUCH_MEMORY}
    assert {name: result for name, result in results.items() if reason_of(result) in bad} == {}


def test_packages_with_a_password_are_called_encrypted(results: dict[str, Document | RejectedFile]) -> None:
    names = [name for name, (_, seen) in known().items() if "EncryptedPackage" in seen]
    assert names
    assert {reason_of(results[name]) for name in names} == {Reason.ENCRYPTED}


def test_broken_packages_are_called_damaged(results: dict[str, Document | RejectedFile]) -> None:
    names = [name for name, (what, seen) in known().items() if "zip unreadable" in seen and "empty zip" not in what]
    assert names
    assert {reason_of(results[name]) for name in names} == {Reason.DAMAGED}


def test_entities_are_refused(results: dict[str, Document | RejectedFile]) -> None:
    names = [name for name, (_, seen) in known().items() if seen.startswith("DTD/entity in _rels")]
    assert names
    assert {reason_of(results[name]) for name in names} == {Reason.DAMAGED}


def test_protection_against_writing_does_not_stop_reading(results: dict[str, Document | RejectedFile]) -> None:
    names = [name for name, (what, _) in known().items() if what in ("write-protected", "protection enforced")]
    assert names
    assert {reason_of(results[name]) for name in names} == {None}
