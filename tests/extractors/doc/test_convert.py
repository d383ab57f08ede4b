import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest

from extractors.doc import convert as doc_module
from extractors.doc.convert import convert_many, find_libreoffice
from extractors.doc.tail import mend_table_end
from extractors.document import Document, Grid
from extractors.formats.detect import Format
from extractors.limits import Limits
from extractors.reading import open_sources, read_filing, read_source
from extractors.rejection import Reason, RejectedFile
from tests.extractors.docx.word_files import first_grid, paragraph, row, table, write_docx

STAND_IN = """#!/bin/sh
# Stands in for LibreOffice: makes a DOCX of each file, and hangs, dies or fails on those that say so.
echo start >> "{starts}"
while [ "$1" != --outdir ]; do shift; done
out=$2; shift 2
for file in "$@"; do
    case $(cat "$file") in
        hang) sleep 600 ;;
        die) kill -SEGV $$ ;;
        fail) continue ;;
        *) name=$(basename "$file"); cp "{result}" "$out/${{name%.*}}.docx" ;;
    esac
done
"""


def office(tmp_path: Path) -> str:
    """Write a program that behaves like LibreOffice at its worst."""
    result = write_docx(tmp_path / "result.docx", paragraph("甲"))
    program = tmp_path / "office"
    program.write_text(STAND_IN.format(starts=tmp_path / "starts", result=result))
    program.chmod(0o755)
    return str(program)


def convert(tmp_path: Path, contents: list[str], seconds: float = 2) -> tuple[list[object], int]:
    """Convert files of such contents; what became of each, and how often the program was started."""
    files = []
    for number, content in enumerate(contents):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "同名.doc").write_text(content)
        files.append((folder / "同名.doc", Format.DOC))
    into = tmp_path / "out"
    into.mkdir()
    results = convert_many(files, into, Limits(seconds=seconds), program=office(tmp_path))
    assert list(results) == [path for path, _ in files]
    said = [one.reason if isinstance(one, RejectedFile) else zipfile.is_zipfile(one) for one in results.values()]
    return said, (tmp_path / "starts").read_text().count("start")


def test_one_start_for_many_files(tmp_path: Path) -> None:
    assert convert(tmp_path, ["a", "b", "c", "d"]) == ([True] * 4, 1)


def test_file_that_cannot_be_opened_costs_itself_only(tmp_path: Path) -> None:
    assert convert(tmp_path, ["a", "fail", "c"]) == ([True, Reason.DAMAGED, True], 1)


def test_last_file_that_cannot_be_opened_is_tried_alone(tmp_path: Path) -> None:
    assert convert(tmp_path, ["a", "b", "fail"]) == ([True, True, Reason.DAMAGED], 2)


def test_file_on_which_the_program_dies_costs_itself_only(tmp_path: Path) -> None:
    assert convert(tmp_path, ["a", "die", "c", "d"]) == ([True, Reason.WORKER_DIED, True, True], 3)


def test_file_on_which_the_program_hangs_costs_itself_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc_module, "START_SECONDS", 0.0)
    assert convert(tmp_path, ["a", "hang", "c"], seconds=1) == ([True, Reason.TOO_SLOW, True], 2)


def test_a_full_temporary_folder_says_nothing_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc_module, "NEEDED_BYTES", shutil.disk_usage(tmp_path).total + 1)
    assert convert(tmp_path, ["a", "fail", "c"]) == ([True, Reason.PLACE_FAILED, True], 1)


def test_without_libreoffice_the_advice_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(doc_module, "MAC_PROGRAM", tmp_path / "none")
    path = tmp_path / "a.doc"
    path.write_bytes(b"{\\rtf1 x}")
    with pytest.raises(RejectedFile) as caught:
        read_filing(path)
    assert caught.value.reason is Reason.NEEDS_LIBREOFFICE


def test_conversion_that_failed_is_the_reading_that_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(doc_module, "MAC_PROGRAM", tmp_path / "none")
    path = tmp_path / "a.doc"
    path.write_bytes(b"{\\rtf1 x}")
    with open_sources([path]) as opened, pytest.raises(RejectedFile) as caught:
        read_source(opened.sources[0])
    assert caught.value.reason is Reason.NEEDS_LIBREOFFICE


def to_old_word(paths: list[Path], folder: Path, kind: str = "doc") -> list[Path]:
    """Convert Word files to an older format with LibreOffice."""
    program = find_libreoffice()
    assert program is not None
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", str(folder), *map(str, paths)], check=True, capture_output=True, timeout=120)
    return [folder / f"{path.stem}.{kind}" for path in paths]


def word_with_table_at_the_end(path: Path, rows: int, *, footer: bool) -> Path:
    """Write a Word file with nothing behind its table, as programs do that Word itself never would."""
    built = docx.Document()
    if footer:
        built.sections[0].footer.paragraphs[0].text = "第 1 页"
        built.sections[0].header.paragraphs[0].text = "页眉"
    built.add_paragraph("标题")
    grid = built.add_table(rows, 3)
    for r, line in enumerate(grid.rows):
        for c, place in enumerate(line.cells):
            place.text = f"{r}.{c}"
    built.save(str(path))
    return path


@pytest.mark.needs_libreoffice
def test_old_word_files_with_a_table_at_the_end_keep_it(tmp_path: Path) -> None:
    built = [
        word_with_table_at_the_end(tmp_path / f"{rows}{footer}.docx", rows, footer=footer)
        for rows, footer in ((3, False), (3, True), (300, True))
    ]
    paths = to_old_word(built, tmp_path)
    assert all(mend_table_end(path.read_bytes()) is not None for path in paths)
    with open_sources(paths) as opened:
        documents = [read_source(source) for source in opened.sources]
    for document, rows in zip(documents, (3, 3, 300), strict=True):
        assert [type(block) for block in document.blocks][1:] == [Grid]
        assert first_grid(document).n_rows == rows
        assert first_grid(document).cells[-1].text == f"{rows - 1}.2"
        assert document.format == "doc"


@pytest.mark.needs_libreoffice
def test_rich_text_and_old_word_read_like_the_docx(tmp_path: Path) -> None:
    merged = row("<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p><w:r><w:t>项目</w:t></w:r></w:p></w:tc>")
    body = paragraph("标题") + table(merged, row("指标", "≥95%")) + paragraph("尾")
    path = write_docx(tmp_path / "a.docx", body)
    expected = read_filing(path)
    paths = [*to_old_word([path], tmp_path, "rtf"), *to_old_word([path], tmp_path, "doc")]
    with open_sources(paths) as opened:
        documents = [read_source(source) for source in opened.sources]
    for document, kind in zip(documents, ("rtf", "doc"), strict=True):
        assert shown(document) == shown(expected), kind
        assert (document.file_name, document.format) == (f"a.{kind}", "doc")


def shown(document: Document) -> list[object]:
    """Give what a document shows, whatever its grid lines are."""
    return [
        [[text for text in line if text is not None] for line in block.rows()]
        if isinstance(block, Grid)
        else block.text
        for block in document.blocks
    ]


def test_word_files_that_end_with_a_paragraph_are_left_alone() -> None:
    assert mend_table_end(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)) is None
    assert mend_table_end(b"PK") is None
