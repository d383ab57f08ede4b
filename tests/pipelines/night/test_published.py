from pathlib import Path

import pytest

from pipelines.night.published import is_published, record_publication
from warehouse.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    for folder in (home.inbox, home.config, home.latest, home.publication_record.parent):
        folder.mkdir(parents=True)
    home.database.write_bytes(b"a build")
    return home


def test_what_was_just_published_stands_published(home: Home) -> None:
    assert not is_published(home, home.inbox)
    record_publication(home, home.inbox)
    assert is_published(home, home.inbox)


def test_a_new_letter_template_is_published_in_the_next_run(home: Home) -> None:
    record_publication(home, home.inbox)
    template = home.config / "feedback_template.docx"
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
