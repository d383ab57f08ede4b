"""What a DOC file says it holds is compared with what LibreOffice gave: damage must not pass for an empty form."""

import struct
import subprocess
from pathlib import Path

import pytest

from extractors.doc.convert import find_libreoffice
from extractors.doc.stated import StatedText, find_loss, read_stated
from extractors.doc.tail import PAGE_BYTES, PARAGRAPH_PAGES, FileBlock
from extractors.document import Document, Paragraph, ReadNote
from extractors.formats.ole import open_compound
from extractors.reading import read_filing
from extractors.rejection import Reason, RejectedFile
from tests.extractors.docx.word_files import paragraph, row, table, write_docx
from tests.transforms.grids import document

ROWS = [[f"指标{number}", f"内容{number}的说明", f"≥{number}个"] for number in range(20)]
WHOLE = len("标题") + sum(len(cell) for cells in ROWS for cell in cells)
"""So many characters stand in the title and the table, and three marks of cells and one of the row in each row."""


def test_losses_are_told_by_marks_and_by_characters() -> None:
    whole = document(ROWS, "标题")
    assert find_loss(StatedText(WHOLE, 80), whole) is None
    assert find_loss(StatedText(WHOLE, 100), whole) is not None
    assert find_loss(StatedText(400, 80), whole) is not None
    assert find_loss(StatedText(WHOLE, 80, has_hole=True), whole) is not None
    assert find_loss(StatedText(10, 0), Document("a.doc", "doc", "", ())) is not None
    assert find_loss(StatedText(0, 0), Document("a.doc", "doc", "", ())) is None


def test_what_was_left_out_on_purpose_is_no_loss() -> None:
    notes = (ReadNote("tracked_deletion_dropped", ""),)
    assert find_loss(StatedText(400, 0), Document("a.doc", "doc", "", (Paragraph("短"),), notes=notes)) is None


@pytest.fixture(scope="module")
def old_word(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    program = find_libreoffice()
    assert program is not None
    folder = tmp_path_factory.mktemp("doc")
    path = write_docx(folder / "a.docx", paragraph("标题") + table(*(row(*cells) for cells in ROWS)) + paragraph("完"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "doc:MS Word 97", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return (folder / "a.doc").read_bytes()


@pytest.mark.needs_libreoffice
def test_a_whole_file_has_what_it_states(old_word: bytes, tmp_path: Path) -> None:
    assert read_stated(old_word) == StatedText(WHOLE + 1, 80)
    (tmp_path / "a.doc").write_bytes(old_word)
    (grid,) = read_filing(tmp_path / "a.doc").grids()
    assert grid.rows() == ROWS


@pytest.mark.needs_libreoffice
def test_a_file_whose_tables_fell_apart_is_damaged(old_word: bytes, tmp_path: Path) -> None:
    """The pages that say which paragraphs are cells are wiped; LibreOffice then gives the cells as paragraphs."""
    file = open_compound(old_word)
    assert file is not None
    word = bytearray(file.read("WordDocument"))
    start, length = FileBlock(word).range(PARAGRAPH_PAGES)
    count = (length - 4) // 8
    pages = struct.unpack_from(f"<{count}I", file.read("1Table"), start + (count + 1) * 4)
    for page in pages:
        word[page * PAGE_BYTES : (page + 1) * PAGE_BYTES] = bytes(PAGE_BYTES)
    file.replace("WordDocument", bytes(word))
    (tmp_path / "a.doc").write_bytes(file.to_bytes())
    with pytest.raises(RejectedFile) as caught:
        read_filing(tmp_path / "a.doc")
    assert caught.value.reason is Reason.DAMAGED


@pytest.mark.needs_libreoffice
def test_a_hole_in_the_text_is_damage(old_word: bytes, tmp_path: Path) -> None:
    wanted = "内容7的说明\x07≥7个".encode("utf-16-le")
    assert wanted in old_word
    (tmp_path / "a.doc").write_bytes(old_word.replace(wanted, bytes(len(wanted))))
    with pytest.raises(RejectedFile) as caught:
        read_filing(tmp_path / "a.doc")
    assert caught.value.reason is Reason.DAMAGED
