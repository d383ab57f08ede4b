"""What is torn, damaged or gone is told and made again; it is never taken for the truth."""

import json
import logging
import shutil
from pathlib import Path

import pytest

from tests.warehouse.invented_filings import FIRST_NIGHT, SECOND, drop
from tests.warehouse.store.test_store import FILES, column, drop_all, read_new, run, snapshot
from warehouse.store.received import CLOCKS_DIFFER, FoundFile
from warehouse.store.store import open_store


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.WARNING, "jixiao")
    return caplog


def without_asides(home: Path) -> dict[str, bytes]:
    return {name: content for name, content in snapshot(home).items() if not name.endswith(".damaged")}


def find_part(home: Path, table: str) -> Path:
    return next(iter(sorted((home / "parquet" / table).rglob("part-*.parquet"))))


@pytest.mark.parametrize("table", ["filings", "indicators", "projects", "findings"])
@pytest.mark.parametrize("damage", ["flipped", "emptied", "gone"])
def test_a_damaged_part_is_made_again_and_told(
    table: str, damage: str, tmp_path: Path, told: pytest.LogCaptureFixture
) -> None:
    home, found = tmp_path / "home", drop_all(tmp_path / "inbox")
    run(home, found)
    if table == "findings" and not list((home / "parquet" / table).rglob("part-*.parquet")):
        table = "spending_plan" if list((home / "parquet" / "spending_plan").rglob("part-*.parquet")) else "projects"
    wanted, part = snapshot(home), find_part(home, table)
    content = bytearray(part.read_bytes())
    if damage == "gone":
        part.unlink()
    else:
        content[len(content) // 2] ^= 16
        part.write_bytes(bytes(content) if damage == "flipped" else b"")
    again = run(home, found)
    assert 0 < len(again) < len(FILES) + 1
    assert without_asides(home) == wanted
    assert part.name in told.text and ("缺失" if damage == "gone" else "损坏") in told.text
    assert run(home, found) == []


def test_a_filing_whose_rows_and_file_are_gone_is_asked_for_until_it_is_back(tmp_path: Path) -> None:
    home, found = tmp_path / "home", drop_all(tmp_path / "inbox")
    run(home, found)
    wanted = snapshot(home)
    find_part(home, "indicators").unlink()
    for _ in range(2):
        store = open_store(home, "v1")
        plan = store.plan_files({})
        assert plan.to_read == () and plan.gone
        assert {file.file_name for file in plan.gone} <= set(FILES)
        store.commit()
    store = open_store(home, "v1")
    for file in store.plan_files({}).gone:
        store.journal(file, "docx", None, FILES[file.file_name])
    store.commit()
    assert {name: c for name, c in snapshot(home).items() if name.startswith("parquet/")} == {
        name: c for name, c in wanted.items() if name.startswith("parquet/")
    }


@pytest.mark.parametrize("content", ["", '{"form":2,"files":{', "[]", '{"form": 2}', "\x00\x00"])
def test_a_torn_manifest_is_set_aside_and_everything_made_again(
    content: str, tmp_path: Path, told: pytest.LogCaptureFixture
) -> None:
    home, found = tmp_path / "home", drop_all(tmp_path / "inbox")
    run(home, found)
    wanted = snapshot(home)
    (home / "state" / "manifest.json").write_text(content, encoding="utf-8")
    assert run(home, found) == sorted(FILES)
    assert without_asides(home) == wanted
    assert "manifest.json" in told.text


def test_a_lost_manifest_costs_a_reading_and_no_filing(tmp_path: Path) -> None:
    home, found = tmp_path / "home", drop_all(tmp_path / "inbox")
    run(home, found)
    wanted = snapshot(home)
    (home / "state" / "manifest.json").unlink()
    run(home, {"甲镇.docx": found["甲镇.docx"]})
    assert sorted(map(str, column(home, "filings", "file_name"))) == sorted(FILES)
    assert run(home, found) == sorted(set(FILES) - {"甲镇.docx"})
    assert snapshot(home) == wanted


@pytest.mark.parametrize("ending", [".filing", ".refusal"])
def test_a_torn_journal_entry_is_set_aside_and_its_file_read_again(
    ending: str, tmp_path: Path, told: pytest.LogCaptureFixture
) -> None:
    home, found = tmp_path / "home", drop_all(tmp_path / "inbox")
    read_new(open_store(home, "v1"), found, stop_after=1)
    (entry,) = (home / "state" / "journal").iterdir()
    content = entry.read_bytes()
    entry.unlink()
    entry.with_suffix(ending).write_bytes(content[: len(content) // 3])
    assert run(home, found) == sorted(FILES)
    assert entry.with_suffix(ending).name in told.text


def test_a_home_of_the_older_form_opens_and_gives_the_same_rows(tmp_path: Path) -> None:
    home, found = tmp_path / "home", drop_all(tmp_path / "inbox")
    run(home, found)
    wanted = snapshot(home)
    path = home / "state" / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    older = {
        "form": 1,
        "terms": content["terms"],
        "files": {name: facts[:3] for name, facts in content["files"].items()},
        "filings": dict.fromkeys(content["filings"], "v0"),
        "refusals": {},
    }
    path.write_text(json.dumps(older, ensure_ascii=False), encoding="utf-8")
    assert run(home, found) == sorted(FILES)
    assert snapshot(home) == wanted


def test_other_bytes_of_the_same_size_and_time_are_seen(tmp_path: Path) -> None:
    home, found = tmp_path / "home", {"甲镇.docx": drop(tmp_path / "inbox", "甲镇.docx", "bytes 1")}
    run(home, found)
    place = drop(tmp_path / "inbox", "甲镇.docx", "bytes 2")
    again = {"甲镇.docx": FoundFile(place.place, place.size, place.mtime_ns, ctime_ns=5, inode=7)}
    assert run(home, again) == ["甲镇.docx"]


def test_every_file_is_hashed_again_once_a_week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, found = tmp_path / "home", {"甲镇.docx": drop(tmp_path / "inbox", "甲镇.docx", "bytes 1")}
    run(home, found)
    drop(tmp_path / "inbox", "甲镇.docx", "bytes 2")
    assert run(home, found) == []
    path = home / "state" / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content | {"hashed_on": "2020-01-01"}), encoding="utf-8")
    assert run(home, found) == ["甲镇.docx"]


def test_a_time_in_the_future_counts_as_the_moment_of_first_sight_and_is_a_finding(tmp_path: Path) -> None:
    home, inbox = tmp_path / "home", tmp_path / "inbox"
    ahead = drop(inbox, "甲镇.docx", "bytes", night=200_000)
    assert ahead.mtime_ns > FIRST_NIGHT + CLOCKS_DIFFER
    run(home, {"甲镇.docx": ahead})
    (received,) = column(home, "filings", "received_at")
    assert getattr(received, "year", 0) < 2100
    assert column(home, "findings", "rule") == ["file_time_ahead"]
    assert run(home, {"甲镇.docx": ahead}, "v2") == ["甲镇.docx"]
    assert column(home, "filings", "received_at") == [received]


def test_a_touch_or_a_copy_receives_nothing_anew(tmp_path: Path) -> None:
    home, inbox = tmp_path / "home", tmp_path / "inbox"
    run(home, {"甲镇.docx": drop(inbox, "甲镇.docx", "bytes", night=0)})
    first = column(home, "filings", "received_at")
    later = {"甲镇.docx": drop(inbox, "甲镇.docx", "bytes", night=9)}
    run(home, later)
    run(home, later, "v2")
    assert column(home, "filings", "received_at") == first
    assert SECOND


def test_a_kill_between_parts_and_manifest_is_no_damage(tmp_path: Path, told: pytest.LogCaptureFixture) -> None:
    home, found = tmp_path / "home", drop_all(tmp_path / "inbox")
    run(home, {"甲镇.docx": found["甲镇.docx"]})
    before = tmp_path / "before"
    shutil.copytree(home / "state", before)
    run(home, found)
    wanted = snapshot(home)
    shutil.rmtree(home / "state")
    shutil.copytree(before, home / "state")
    (home / "state" / "committing").write_bytes(b"")
    run(home, found)
    assert snapshot(home) == wanted and "损坏" not in told.text
