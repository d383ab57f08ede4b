"""The registry of townships as filings fill it: found facts are added for confirmation, nothing is overwritten."""

from functools import partial
from pathlib import Path

import pytest

from pipelines.terminal.homes import create_home
from tests.pipelines.test_e2e import run_on
from tests.places import SAMPLES
from tests.warehouse.invented_filings import filing, project, received
from warehouse.county.found_townships import fill_due, fill_registry, note_due, registry_path, without_clashes
from warehouse.county.registry import Registry, Township, load_registry
from warehouse.home import Home
from warehouse.store.store import open_store


def test_a_run_finds_the_township_its_codes_and_its_villages(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for path in SAMPLES.glob("李钊庄镇*.docx"):
        (inbox / path.name).write_bytes(path.read_bytes())
    ran = run_on(tmp_path / "home", inbox)
    (township,) = load_registry(registry_path(Home(ran.home))).townships
    assert (township.township, township.unit_codes, township.villages) == ("李钊庄镇", ("482001",), 24)
    assert "待确认" in township.note
    assert fill_registry(Home(ran.home)) == 0, "a second time finds nothing new"


def test_what_a_person_wrote_stays(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for path in SAMPLES.glob("李钊庄镇*.docx"):
        (inbox / path.name).write_bytes(path.read_bytes())
    home = Home(tmp_path / "home")
    create_home(home)
    registry_path(home).write_text("township,villages,note\n李钊庄镇,23,本局核实\n", encoding="utf-8-sig")
    run_on(home.path, inbox)
    (township,) = load_registry(registry_path(home)).townships
    assert (township.villages, township.unit_codes, township.note) == (23, ("482001",), "本局核实")


@pytest.mark.parametrize("torn", [False, True])
def test_a_run_that_died_between_store_and_registry_is_made_up_for(tmp_path: Path, torn: bool) -> None:
    home = Home(tmp_path)
    store = open_store(home.path, "v1")
    store.journal(received("a.docx", "a" * 64), "docx", None, filing("石臼镇", [project()]))
    store.commit(partial(note_due, home))
    if torn:
        (home.path / "state" / "townships_due.json").write_bytes(b"[")
    open_store(home.path, "v1").commit(partial(note_due, home))
    assert fill_due(home) == 1
    assert [one.township for one in load_registry(registry_path(home)).townships] == ["石臼镇"]
    assert fill_due(home) == 0


def test_a_code_that_two_townships_use_is_nobodys() -> None:
    known = Registry((Township("甲镇", unit_codes=("101001",)),))
    found = [
        Township("乙镇", unit_codes=("201001",)),
        Township("丙镇", unit_codes=("201001",)),
        Township("甲镇镇政府筹备组", unit_codes=("101001",)),
    ]
    kept = without_clashes(known, found)
    assert [(one.township, one.unit_codes) for one in kept] == [("乙镇", ()), ("丙镇", ())]
