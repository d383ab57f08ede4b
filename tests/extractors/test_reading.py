"""The real filing in its four formats, and what a reading says about files that hold nothing."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from extractors.document import Document
from extractors.limits import Limits
from extractors.reading import open_sources, read_filing, read_source
from extractors.rejection import Reason, RejectedFile
from tests.extractors.docx.word_files import cell, paragraph, row, table, write_docx
from tests.places import SHARED

FILINGS = SHARED / "filings"
needs_filings = pytest.mark.skipif(not FILINGS.exists(), reason="the real filing is not beside the project")


def filled_rows(document: Document) -> list[tuple[str, ...]]:
    """Give each table row's filled cells, left to right: what all formats share, whatever their grid lines are."""
    return [
        tuple(cell.text for cell in grid.cells if cell.row == row and cell.text.strip())
        for grid in document.grids()
        for row in range(grid.n_rows)
    ]


def read_by_suffix(suffix: str) -> Document:
    (path,) = FILINGS.glob(f"*{suffix}")
    return read_filing(path)


@needs_filings
def test_text_export_and_word_file_have_the_same_tables() -> None:
    text, word = read_by_suffix(".txt"), read_by_suffix(".docx")
    assert (text.format, word.format) == ("txt", "docx")
    assert [grid.n_rows for grid in text.grids()] == [grid.n_rows for grid in word.grids()]
    assert len(filled_rows(word)) == 122
    assert filled_rows(text) == filled_rows(word)
    assert len(list(text.paragraphs())) == len(list(word.paragraphs()))


@needs_filings
@pytest.mark.needs_libreoffice
def test_old_word_file_reads_like_the_new_one() -> None:
    old, new = read_by_suffix(".doc"), read_by_suffix(".docx")
    assert old.format == "doc"
    assert filled_rows(old) == filled_rows(new)
    assert [one.text for one in old.paragraphs()] == [one.text for one in new.paragraphs()]


@needs_filings
@pytest.mark.needs_libreoffice
def test_prepared_sources_read_like_single_files() -> None:
    paths = sorted(path for path in FILINGS.iterdir() if path.suffix in (".doc", ".txt"))
    with open_sources(paths) as opened:
        documents = [read_source(source) for source in opened.sources]
    assert documents == [read_filing(path) for path in paths]


@needs_filings
def test_merged_cells_of_the_real_filing_are_spans() -> None:
    grid = list(read_by_suffix(".docx").grids())[1]
    assert [(cell.row, cell.row_span) for cell in grid.cells if cell.col == 0] == [(0, 1), (1, 4), (5, 2), (7, 1)]


def test_identity_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "别的名字.bin"
    path.write_text("一级\t二级\n三级\t值\n", encoding="utf-8")
    document = read_filing(path)
    assert document.file_name == "别的名字.bin"
    assert document.format == "txt"
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("body", ["", paragraph(), paragraph("  ")])
def test_word_file_without_any_text(tmp_path: Path, body: str) -> None:
    with pytest.raises(RejectedFile) as caught:
        read_filing(write_docx(tmp_path / "a.docx", body))
    assert caught.value.reason is Reason.EMPTY_FILE


def test_text_file_named_docx_is_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_text("关于报送绩效目标的通知", encoding="gb18030")
    document = read_filing(path)
    assert document.format == "txt"
    assert [one.text for one in document.paragraphs()] == ["关于报送绩效目标的通知"]


def test_zip_is_not_a_single_filing(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("甲.txt", "甲")
    with pytest.raises(RejectedFile) as caught:
        read_filing(path)
    assert caught.value.reason is Reason.UNSUPPORTED_FORMAT


@pytest.mark.parametrize(("extra", "refused"), [(0, False), (1, True)])
@pytest.mark.parametrize("form", ["cell", "paragraph"])
def test_a_text_that_no_form_has_is_refused(tmp_path: Path, form: str, extra: int, refused: bool) -> None:
    text = "长" * (Limits().cell_characters + extra)
    body = table(row(cell(paragraph(text)))) if form == "cell" else paragraph(text)
    path = write_docx(tmp_path / "长.docx", body)
    if not refused:
        assert read_filing(path).blocks
        return
    with pytest.raises(RejectedFile) as caught:
        read_filing(path)
    assert caught.value.reason is Reason.CELL_TOO_LONG
    assert str(len(text)) in caught.value.detail
