"""Which code decides what: an edit of any file that decides changes the version, an edit of another does not."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from warehouse import program
from warehouse.models.build import identify_build


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the program that may be edited."""
    for hall in ("extractors", "transforms", "warehouse", "sql"):
        shutil.copytree(program.ROOT / hall, tmp_path / hall, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(program, "ROOT", tmp_path)
    forget()
    yield tmp_path
    monkeypatch.undo()
    forget()


def forget() -> None:
    program.program_version.cache_clear()
    program.readers_version.cache_clear()


def edit(path: Path) -> None:
    assert path.is_file(), path
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    forget()


@pytest.mark.parametrize(
    "name",
    ["transforms/words/comparators.csv", "warehouse/schema.py", "warehouse/models/swap.py", "warehouse/files.py"],
)
def test_an_edit_changes_the_build(name: str, copy: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    before = identify_build(home)
    edit(copy / name)
    assert identify_build(home) != before


@pytest.mark.parametrize("name", ["transforms/words/comparators.csv", "transforms/filings.py"])
def test_an_edit_of_the_transforms_makes_records_anew_and_opens_no_filing(name: str, copy: Path) -> None:
    records = program.records_version()
    readers = {format: program.readers_version(format) for format in program.FORMAT_ROOMS}
    edit(copy / name)
    assert program.records_version() != records
    assert {format: program.readers_version(format) for format in program.FORMAT_ROOMS} == readers


@pytest.mark.parametrize(
    ("name", "formats"),
    [
        ("extractors/docx/symbols.csv", {"docx", "doc"}),
        ("extractors/pdf/layout.py", {"pdf", "picture", "ofd"}),
        ("extractors/document.py", set(program.FORMAT_ROOMS)),
        ("extractors/guard/pool.py", set()),
    ],
)
def test_an_edit_of_a_reader_concerns_its_formats_only(name: str, formats: set[str], copy: Path) -> None:
    before = {format: program.readers_version(format) for format in program.FORMAT_ROOMS}
    edit(copy / name)
    changed = {format for format in program.FORMAT_ROOMS if program.readers_version(format) != before[format]}
    assert changed == formats and program.records_version()


def test_every_room_that_reads_a_format_is_named() -> None:
    named = {room for rooms in program.FORMAT_ROOMS.values() for room in rooms}
    rooms = {path.name for path in (program.ROOT / "extractors").iterdir() if (path / "__init__.py").exists()}
    assert rooms - named == {"formats", "guard", "inbox"}
