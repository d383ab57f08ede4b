"""From files to records: from kept Documents where there are any, and never from other bytes than were listed."""

import shutil
from pathlib import Path

import pytest

from extractors.reading import Source
from extractors.rejection import RejectedFile
from pipelines.night.county import County
from pipelines.night.reading import FilingJob, OtherBytes, Outcome, ReadFiling, make_records, read_files
from tests.places import SAMPLES
from transforms.decisions import Decision
from transforms.forms.taught import NO_HEADINGS, Headings
from transforms.names.terms import NO_TERMS
from warehouse.files import hash_file
from warehouse.program import FORMAT_ROOMS, readers_version
from warehouse.store.documents import Documents
from warehouse.store.received import ReceivedFile

NAMES = ["【虚构样例】平川镇2023年部门预算绩效目标.docx", "【虚构样例】双龙河乡2023年部门预算绩效目标.pdf"]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    for name in NAMES:
        shutil.copyfile(SAMPLES / name, tmp_path / "inbox" / name)
    (tmp_path / "inbox" / "说明.txt").write_text("这里没有绩效目标表。\n", encoding="utf-8")
    return tmp_path / "inbox"


def listed(inbox: Path) -> list[ReceivedFile]:
    return [ReceivedFile(path.name, path.stat().st_size, 1, hash_file(path)) for path in sorted(inbox.iterdir())]


def read(
    inbox: Path, kept: Path, *, keep: bool, places: bool = True, county: County | None = None
) -> dict[str, Outcome]:
    documents = Documents(kept, FORMAT_ROOMS, readers_version)
    where = {path.name: path for path in inbox.iterdir()} if places else {}
    found = {}
    for file, outcome in read_files(listed(inbox), where, county or County(NO_TERMS), documents, 2):
        found[file.path] = outcome
        if keep and isinstance(outcome, ReadFiling) and outcome.document is not None:
            documents.keep(file.sha256, outcome.format, outcome.document)
    return found


def test_records_made_of_kept_documents_open_no_filing_and_are_the_same(inbox: Path, tmp_path: Path) -> None:
    first = read(inbox, tmp_path / "kept", keep=True)
    again = read(inbox, tmp_path / "kept", keep=True, places=False)
    for name in NAMES:
        before, after = first[name], again[name]
        assert isinstance(before, ReadFiling) and isinstance(after, ReadFiling)
        assert before.document is not None and after.document is None
        assert before.rows == after.rows is not None
    refused = again["说明.txt"]
    assert isinstance(refused, ReadFiling) and isinstance(refused.refused, RejectedFile)


def test_a_damaged_kept_document_is_made_again_from_the_filing(inbox: Path, tmp_path: Path) -> None:
    first = read(inbox, tmp_path / "kept", keep=True)
    for kept in (tmp_path / "kept").iterdir():
        kept.write_bytes(kept.read_bytes()[:-3])
    again = read(inbox, tmp_path / "kept", keep=True)
    assert {name: outcome for name, outcome in again.items() if isinstance(outcome, ReadFiling) and outcome.document}
    assert [again[name] for name in NAMES] == [first[name] for name in NAMES]


def test_bytes_that_were_replaced_since_they_were_listed_are_left_for_the_next_run(inbox: Path) -> None:
    path = inbox / NAMES[0]
    file = ReceivedFile(path.name, path.stat().st_size, 1, hash_file(path))
    shutil.copyfile(SAMPLES / "【虚构样例】柳林镇2023年部门预算绩效目标.docx", path)
    job = FilingJob(file, Source(path, path.name, path), None, ())
    assert isinstance(make_records(job, NO_TERMS, NO_HEADINGS), OtherBytes)


def test_a_decision_or_a_taught_heading_changes_the_lesson_of_the_filings_concerned_only() -> None:
    decision = Decision("a" * 64, 1, 2, 3, "target_raw", "5", "corrected", "6")
    plain, decided = County(NO_TERMS), County(NO_TERMS, decisions={"a" * 64: (decision,)})
    assert plain.lesson("a" * 64) == plain.lesson("b" * 64) == decided.lesson("b" * 64) == ""
    assert decided.lesson("a" * 64) != ""
    taught = County(NO_TERMS, Headings({"绩效目标值": "value"}))
    assert taught.lesson("a" * 64) == taught.lesson("b" * 64) != ""
