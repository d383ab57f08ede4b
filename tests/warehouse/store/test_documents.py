"""Kept Documents: what a reader gave comes back as it was, or not at all."""

from dataclasses import replace
from pathlib import Path

import pytest

from extractors.document import Cell, Document, Grid, Paragraph, ReadNote
from extractors.reading import read_filing
from tests.places import SAMPLES
from warehouse.store.documents import Documents, decode_document, encode_document, open_document

CELLS = (
    Cell(0, 0, "≤7500元\n每村", 2, 1, 1, (1.5, 2.0, 30.25, 4.0)),
    Cell(0, 1, "半个\ud83d字", page=2),
    Cell(1, 1, ""),
)
MADE = Document(
    "甲镇.pdf",
    "pdf",
    "a" * 64,
    (
        Paragraph("前言", 1, 0.75),
        Grid(1, 2, 2, CELLS, (1, 2), (1,), (1,), (None, 0.5, 1.0)),
        Grid(2, 1, 1, ()),
        Paragraph("结尾"),
    ),
    2,
    (ReadNote("page_without_text", "第2页没有文字", 2),),
)
REAL = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".docx", ".pdf"))[::6]


def test_a_document_comes_back_as_it_was() -> None:
    assert decode_document(encode_document(MADE)) == MADE


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name[-20:])
def test_real_documents_come_back_as_they_were(path: Path) -> None:
    document = read_filing(path)
    assert decode_document(encode_document(document)) == document


def test_a_kept_document_is_found_by_its_bytes_and_bears_the_name_of_today(tmp_path: Path) -> None:
    documents = Documents(tmp_path / "kept", ("docx", "pdf"), lambda format: f"{format}1")
    assert documents.find(MADE.sha256) is None
    documents.keep(MADE.sha256, "pdf", encode_document(MADE))
    place = documents.find(MADE.sha256)
    assert place is not None and place.name == f"{'a' * 64}-pdf1"
    assert open_document(place, "改名.pdf") == replace(MADE, file_name="改名.pdf")


def test_other_readers_find_nothing_and_replace_what_older_ones_gave(tmp_path: Path) -> None:
    Documents(tmp_path, ("pdf",), lambda _: "1").keep(MADE.sha256, "pdf", encode_document(MADE))
    newer = Documents(tmp_path, ("pdf",), lambda _: "2")
    assert newer.find(MADE.sha256) is None
    newer.keep(MADE.sha256, "pdf", encode_document(MADE))
    assert [path.name for path in tmp_path.iterdir()] == [f"{'a' * 64}-2"]


def test_no_single_changed_byte_is_taken_for_the_document(tmp_path: Path) -> None:
    content = encode_document(MADE)
    place = tmp_path / "kept"
    for number in range(0, len(content), 7):
        place.write_bytes(content[:number] + bytes([content[number] ^ 4]) + content[number + 1 :])
        found = open_document(place, MADE.file_name)
        assert found is None or found == MADE, number
    place.write_bytes(content[: len(content) // 2])
    assert open_document(place, MADE.file_name) is None
    assert open_document(tmp_path / "gone", MADE.file_name) is None
