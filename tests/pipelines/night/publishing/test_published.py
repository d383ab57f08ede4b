import json
import os
from pathlib import Path

import pytest

from pipelines.night.publishing.published import is_published, record_publication
from warehouse.home import Home
from warehouse.publication.package import write_checksums


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    for folder in (home.inbox, home.config, home.latest, home.publication_record.parent):
        folder.mkdir(parents=True)
    home.database.write_bytes(b"a build")
    (home.latest / "对比表.xlsx").write_bytes(b"a workbook")
    write_checksums(home.latest)
    return home


def test_what_was_just_published_stands_published(home: Home) -> None:
    assert not is_published(home, home.inbox)
    record_publication(home, home.inbox)
    assert is_published(home, home.inbox)


@pytest.mark.parametrize("name", ["feedback_template.docx", "audit_template.docx"])
def test_a_new_template_is_published_in_the_next_run(home: Home, name: str) -> None:
    record_publication(home, home.inbox)
    template = home.config / name
    template.write_bytes(b"the bureau's letterhead")
    assert not is_published(home, home.inbox)
    record_publication(home, home.inbox)
    assert is_published(home, home.inbox)
    template.write_bytes(b"another letterhead")
    assert not is_published(home, home.inbox)
    template.unlink()
    assert not is_published(home, home.inbox)


def test_a_record_of_an_earlier_program_is_understood(home: Home) -> None:
    home.publication_record.write_text('{"build": "b", "version": "v", "inbox": "i"}', encoding="utf-8")
    assert not is_published(home, home.inbox)


@pytest.mark.parametrize("torn", ["", '{"build": "b', "[]"])
def test_a_torn_record_is_set_aside_and_named(home: Home, torn: str, caplog: pytest.LogCaptureFixture) -> None:
    record_publication(home, home.inbox)
    home.publication_record.write_text(torn, encoding="utf-8")
    assert not is_published(home, home.inbox)
    assert str(home.publication_record) in caplog.text
    assert home.publication_record.with_name("publication.json.damaged").exists()
    record_publication(home, home.inbox)
    assert is_published(home, home.inbox)


@pytest.mark.parametrize("damage", ["gone", "other bytes", "no checksums"])
def test_published_files_that_are_not_what_they_were_are_published_again(
    home: Home, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    record_publication(home, home.inbox)
    workbook = home.latest / "对比表.xlsx"
    if damage == "gone":
        workbook.unlink()
    elif damage == "other bytes":
        workbook.write_bytes(b"another one")
    else:
        (home.latest / "SHA256SUMS").unlink()
    assert not is_published(home, home.inbox)
    assert ("SHA256SUMS" if damage == "no checksums" else workbook.name) in caplog.text


def test_published_files_that_look_untouched_are_hashed_again_after_a_week(home: Home) -> None:
    record_publication(home, home.inbox)
    assert is_published(home, home.inbox)
    workbook = home.latest / "对比表.xlsx"
    before = workbook.stat()
    with workbook.open("r+b") as file:  # as a failing disk does: other bytes, nothing else
        file.write(b"A")
    os.utime(workbook, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert is_published(home, home.inbox)
    known = json.loads(home.latest_stamp.read_text(encoding="utf-8"))
    for hashed_on in ("2020-01-01", "2999-01-01"):
        home.latest_stamp.write_text(json.dumps({**known, "hashed_on": hashed_on}), encoding="utf-8")
        assert not is_published(home, home.inbox)
    home.latest_stamp.write_text("{", encoding="utf-8")
    assert not is_published(home, home.inbox)
