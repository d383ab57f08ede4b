"""The store: same filings, same bytes, whatever happened on the way."""

import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from extractors.rejection import Reason
from tests.warehouse.invented_filings import FIRST_NIGHT, SECOND, drop, filing, project
from transforms.names.indicators import IndicatorName, name_indicator
from transforms.records import FilingRecords
from warehouse.store.received import FoundFile
from warehouse.store.renaming import Naming
from warehouse.store.store import Store, open_store

COST = ("成本指标", "每村分配金额", "≤7500元")
FILES = {
    f"{name}.docx": filing(name, [project(goals=[COST]), project("防汛经费")])
    for name in ("甲镇", "乙乡", "丙镇", "丁乡")
}


def snapshot(home: Path) -> dict[str, bytes]:
    """Give every file under a home with its bytes."""
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()}


def drop_all(inbox: Path, names: Iterable[str] = FILES) -> dict[str, FoundFile]:
    return {name: drop(inbox, name, f"bytes of {name}") for name in names}


def read_new(store: Store, found: dict[str, FoundFile], stop_after: int | None = None) -> list[str]:
    """Do what a night does up to the commit; read no more than ``stop_after`` files, as if killed then."""
    to_read = store.plan_files(found).to_read[:stop_after]
    for file in to_read:
        store.journal(file, "docx", None, FILES[file.file_name])
    return [file.path for file in to_read]


def run(home: Path, found: dict[str, FoundFile], version: str = "v1", naming: Naming | None = None) -> list[str]:
    store = open_store(home, version, naming)
    read = read_new(store, found)
    store.commit()
    return read


def column(home: Path, table: str, name: str) -> list[object]:
    """Give a column of all of a table's files, those without rows among them."""
    paths = sorted((home / "parquet" / table).rglob("*.parquet"))
    return [value for path in paths for value in pq.ParquetFile(path).read(columns=[name]).column(name).to_pylist()]


def test_a_night_without_news_reads_nothing_and_changes_no_byte(tmp_path: Path) -> None:
    home, found = tmp_path / "home", drop_all(tmp_path / "inbox")
    assert run(home, found) == sorted(FILES)
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()}
    content = snapshot(home)
    assert run(home, found) == []
    assert snapshot(home) == content
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()} == before


def test_the_order_in_which_filings_came_makes_no_difference(tmp_path: Path) -> None:
    inbox, names = tmp_path / "inbox", list(FILES)
    found = drop_all(inbox)
    run(tmp_path / "at_once", found)
    for night in range(1, len(names) + 1):
        run(tmp_path / "one_by_one", {name: found[name] for name in reversed(names[-night:])})
    assert snapshot(tmp_path / "at_once") == snapshot(tmp_path / "one_by_one")


class Killed(BaseException):
    """Stands for kill -9: nothing after it runs."""


def kill_at_write(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Die just before the store's n-th change of a file: a rename or a removal."""
    count = 0

    def dying(change):  # type: ignore[no-untyped-def]
        def changing(path: Path, *rest, **named):  # type: ignore[no-untyped-def]
            nonlocal count
            count += 1
            if count == number:
                raise Killed
            return change(path, *rest, **named)

        return changing

    monkeypatch.setattr(Path, "replace", dying(Path.replace))
    monkeypatch.setattr(Path, "unlink", dying(Path.unlink))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, FoundFile], dict[str, bytes]]:
    """Two nights without a kill: two filings, then all four with one refused."""
    base = tmp_path_factory.mktemp("undisturbed")
    found = drop_all(base / "inbox")
    found["坏.docx"] = drop(base / "inbox", "坏.docx", "broken")
    run(base / "home", {name: found[name] for name in ("甲镇.docx", "乙乡.docx")})
    first_night = base / "first"
    shutil.copytree(base / "home", first_night)
    second_night(base / "home", found)
    return first_night, found, snapshot(base / "home")


def second_night(home: Path, found: dict[str, FoundFile]) -> None:
    store = open_store(home, "v1")
    for file in store.plan_files(found).to_read:
        if file.path == "坏.docx":
            store.reject(file, Reason.DAMAGED, "打不开")
        else:
            store.journal(file, "docx", None, FILES[file.file_name])
    store.commit()


@pytest.mark.parametrize("rest", range(4))
def test_a_kill_at_any_change_ends_as_if_undisturbed(
    rest: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    undisturbed: tuple[Path, dict[str, FoundFile], dict[str, bytes]],
) -> None:
    first_night, found, wanted = undisturbed
    for number in range(rest + 1, 1000, 4):
        home = tmp_path / str(number)
        shutil.copytree(first_night, home)
        with monkeypatch.context() as dying:
            kill_at_write(dying, number)
            try:
                second_night(home, found)
                assert number > 15, "the night has more changes than that"
                return
            except Killed:
                pass
        second_night(home, found)
        assert snapshot(home) == wanted, f"killed before change {number}"


def test_what_a_killed_run_has_journalled_is_not_read_again(tmp_path: Path) -> None:
    home, found = tmp_path / "home", drop_all(tmp_path / "inbox")
    read_new(open_store(home, "v1"), found, stop_after=3)
    assert run(home, found) == sorted(FILES)[3:]


def test_a_changed_pipeline_reads_again_and_replaces(tmp_path: Path) -> None:
    home, found = tmp_path / "home", drop_all(tmp_path / "inbox")
    run(home, found)
    assert run(home, found, "v2") == sorted(FILES)
    assert len(column(home, "filings", "filing_id")) == len(FILES)
    fresh = tmp_path / "fresh"
    run(fresh, found, "v2")
    assert snapshot(fresh) == snapshot(home)


def test_a_filing_read_anew_may_move_to_another_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, found = tmp_path / "home", drop_all(tmp_path / "inbox")
    run(home, found)
    moved = replace(FILES["甲镇.docx"], filing=replace(FILES["甲镇.docx"].filing, fiscal_year=None))
    monkeypatch.setitem(FILES, "甲镇.docx", moved)
    run(home, found, "v2")
    frame = pd.read_parquet(home / "parquet" / "filings")
    assert frame.set_index("file_name")["fiscal_year"].isna().to_dict() == {name: name == "甲镇.docx" for name in FILES}
    assert len(column(home, "indicators", "filing_id")) == len(FILES)


def test_filings_that_leave_the_inbox_stay_and_refusals_go(tmp_path: Path) -> None:
    home, found = tmp_path / "home", drop_all(tmp_path / "inbox")
    found["坏.docx"] = drop(tmp_path / "inbox", "坏.docx", "broken")
    second_night(home, found)
    assert column(home, "rejected_files", "reason") == ["damaged"]
    run(home, {"甲镇.docx": found["甲镇.docx"]})
    assert len(column(home, "filings", "filing_id")) == len(FILES)
    assert column(home, "rejected_files", "reason") == []


def test_a_refused_file_is_read_again_when_it_changes(tmp_path: Path) -> None:
    home, inbox = tmp_path / "home", tmp_path / "inbox"
    bad = {"甲镇.docx": drop(inbox, "甲镇.docx", "broken")}
    store = open_store(home, "v1")
    (file,) = store.plan_files(bad).to_read
    store.reject(file, Reason.DAMAGED, "打不开")
    store.commit()
    again = open_store(home, "v1").plan_files(bad)
    assert again.to_read == () and [refusal.detail for _, refusal in again.rejected] == ["打不开"]
    mended = {"甲镇.docx": drop(inbox, "甲镇.docx", "mended", night=1)}
    assert open_store(home, "v1").plan_files(mended).changed == {"甲镇.docx"}
    run(home, mended)
    assert column(home, "rejected_files", "reason") == []
    assert column(home, "filings", "file_name") == ["甲镇.docx"]


def test_what_a_newer_pipeline_refuses_leaves_the_store(tmp_path: Path) -> None:
    home, found = tmp_path / "home", drop_all(tmp_path / "inbox", ["甲镇.docx"])
    run(home, found)
    for _ in range(2):
        store = open_store(home, "v2")
        for file in store.plan_files(found).to_read:
            store.reject(file, Reason.EMPTY_TABLE, "空表")
        store.commit()
    assert open_store(home, "v2").plan_files(found).to_read == ()
    assert column(home, "filings", "filing_id") == [] and column(home, "indicators", "filing_id") == []
    assert column(home, "rejected_files", "detail") == ["空表"]


@pytest.mark.parametrize("reason", [Reason.NEEDS_LIBREOFFICE, Reason.NEEDS_OCR])
def test_a_refusal_for_want_of_a_program_is_tried_every_night(reason: Reason, tmp_path: Path) -> None:
    home, found = tmp_path / "home", drop_all(tmp_path / "inbox", ["甲镇.docx"])
    store = open_store(home, "v1")
    (file,) = store.plan_files(found).to_read
    store.reject(file, reason, "没有安装")
    store.commit()
    assert run(home, found) == ["甲镇.docx"]


def test_the_same_bytes_under_two_names_are_one_filing(tmp_path: Path) -> None:
    home, inbox = tmp_path / "home", tmp_path / "inbox"
    found = {name: drop(inbox, name, "same bytes") for name in ("副本/甲镇.docx", "甲镇.docx")}
    plan = open_store(home, "v1").plan_files(found)
    assert [file.path for file in plan.to_read] == ["副本/甲镇.docx"]
    assert plan.duplicates == (("甲镇.docx", "副本/甲镇.docx"),) and plan.known == 0
    run(home, found)
    plan = open_store(home, "v1").plan_files(found)
    assert (plan.to_read, plan.known) == ((), 2)
    assert column(home, "filings", "file_name") == ["甲镇.docx"]


def test_received_at_is_the_files_own_time_in_utc(tmp_path: Path) -> None:
    home, found = tmp_path / "home", drop_all(tmp_path / "inbox", ["甲镇.docx"])
    run(home, found)
    assert column(home, "filings", "received_at") == [
        datetime.fromtimestamp(FIRST_NIGHT // SECOND, UTC).replace(tzinfo=None)
    ]


def count_calls(version: str, renamed: str) -> tuple[Naming, list[str]]:
    asked: list[str] = []

    def name(
        level1: str | None, level2: str | None, raw: str, family: str | None, description: str | None
    ) -> IndicatorName:
        asked.append(raw)
        return replace(
            name_indicator(level1, level2, raw, family, description), indicator=renamed, method="county_term"
        )

    return Naming(version, name, lambda project_name, county, township: project_name + version), asked


def test_new_terms_rename_stored_records_without_reading(tmp_path: Path) -> None:
    home, found = tmp_path / "home", drop_all(tmp_path / "inbox")
    run(home, found)
    naming, asked = count_calls("t1", "村均经费")
    changes = open_store(home, "", naming).commit()
    assert changes.renamed and changes.files_written > 0
    assert asked == ["每村分配金额"] * len(list((home / "parquet" / "indicators").rglob("part-*.parquet")))
    assert set(column(home, "indicators", "indicator")) == {"村均经费"}
    assert set(column(home, "projects", "project_category")) == {"村级运转经费t1", "防汛经费t1"}
    assert open_store(home, "v1").plan_files(found).to_read == ()
    assert open_store(home, "", naming).commit().files_written == 0


def test_a_journal_left_by_other_terms_is_named_by_todays(tmp_path: Path) -> None:
    home, found = tmp_path / "home", drop_all(tmp_path / "inbox")
    first, _ = count_calls("t1", "甲名")
    second, _ = count_calls("t2", "乙名")
    run(home, {"甲镇.docx": found["甲镇.docx"]}, naming=first)
    read_new(open_store(home, "v1", second), found, stop_after=2)
    run(home, found, naming=first)
    assert set(column(home, "indicators", "name_method")) >= {"county_term"}
    named = pd.read_parquet(home / "parquet" / "indicators").set_index("filing_id")["indicator"]
    killed = {open_store(home, "v1").plan_files(found).known}
    assert killed == {len(FILES)} and "乙名" not in set(named)


def test_a_manifest_of_another_form_is_refused(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "manifest.json").write_text('{"form": 99}', encoding="utf-8")
    with pytest.raises(ValueError, match="99"):
        open_store(tmp_path, "v1")


def test_records_survive_the_journal(tmp_path: Path) -> None:
    records: FilingRecords = FILES["甲镇.docx"]
    home, found = tmp_path / "home", drop_all(tmp_path / "inbox", ["甲镇.docx"])
    run(home, found)
    stored = pd.read_parquet(home / "parquet" / "projects").sort_values("project_no")
    assert stored["project_name"].tolist() == [one.project_name for one in records.projects]
    assert stored["budget_yuan"].tolist() == [one.budget_yuan for one in records.projects]
