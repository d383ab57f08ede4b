"""A filing that keeps the build from ending is held; the others go on."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

import warehouse.models.build as build_module
from extractors.rejection import Reason
from pipelines.night.run import run_night
from pipelines.terminal.errors import CommandError
from tests.faults.story import small_filings
from warehouse.home import Home
from warehouse.models.build import BuildReport
from warehouse.models.runs import BuildTooSlowError


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with two filings, whose build does not end while the heavier one is in the store."""
    place = Home(tmp_path / "home")
    place.inbox.mkdir(parents=True)
    light, heavy = small_filings()[0], small_filings()[-1]
    shutil.copy2(light, place.inbox / "轻.docx")
    shutil.copy2(heavy, place.inbox / "重.docx")
    real = build_module.build_database

    def slow(path: Path) -> BuildReport:
        if stored(path) & {"重.docx"}:
            raise BuildTooSlowError(60, ["core.indicators"])
        return real(path)

    monkeypatch.setattr(build_module, "build_database", slow)
    return place


def stored(path: Path) -> set[str]:
    manifest = json.loads((path / "state" / "manifest.json").read_text(encoding="utf-8"))
    return {facts[2] for facts in manifest["filings"].values()}


def test_the_filing_that_a_build_does_not_end_with_is_held_and_the_others_go_on(home: Home) -> None:
    summary = run_night(home, None, 1)
    assert [(one.file_name, one.reason) for one in summary.rejected] == [("重.docx", Reason.BUILD_TOO_SLOW)]
    assert "搁置" in summary.rejected[0].advice
    with duckdb.connect(str(home.database.resolve()), read_only=True) as connection:
        assert connection.execute("select file_name from core.filings").fetchall() == [("轻.docx",)]
        assert connection.execute("select file_name, reason from core.rejected_files").fetchall() == [
            ("重.docx", "build_too_slow")
        ]
    edition = home.latest.resolve().name
    (home.inbox / "空.docx").write_bytes(b"")
    again = run_night(home, None, 1)
    assert home.latest.resolve().name == edition, "a rejected file alone costs no publication"
    assert [path.name for path in home.published.iterdir() if path.is_dir() and not path.is_symlink()] == [edition]
    listed = (home.published / "未入库文件.csv").read_text(encoding="utf-8-sig")
    assert "重.docx" in listed and "空.docx" in listed and "请重新报送" in listed
    (home.inbox / "空.docx").unlink()
    again = run_night(home, None, 1)
    assert "空.docx" not in (home.published / "未入库文件.csv").read_text(encoding="utf-8-sig")
    again = run_night(home, None, 1)
    assert [one.file_name for one in again.rejected] == ["重.docx"], "it is told, and not tried every night"
    assert not again.rebuilt


def test_a_build_that_does_not_end_without_news_blames_no_filing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    run_night(home, None, 1)

    def never(path: Path) -> BuildReport:
        raise BuildTooSlowError(60, ["core.indicators"])

    monkeypatch.setattr(build_module, "build_database", never)
    with pytest.raises(CommandError, match="停在"):
        run_night(home, None, 1)
    assert stored(home.path) == {"轻.docx"}
