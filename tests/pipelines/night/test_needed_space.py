"""A night that the disk has no room for is refused with figures, before the first byte."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipelines.night import space
from pipelines.night.space import MEGABYTE, expected_bytes, need_space
from pipelines.night.state import open_night
from pipelines.terminal.errors import CommandError
from tests.warehouse.invented_county import County
from warehouse.home import Home


@pytest.fixture
def home(small_county: County, tmp_path: Path) -> Home:
    shutil.copytree(small_county.home, tmp_path / "home", symlinks=True)
    return Home(tmp_path / "home")


def leave(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    monkeypatch.setattr("pipelines.night.space.shutil.disk_usage", lambda path: SimpleNamespace(free=free))


def names(home: Home) -> set[str]:
    return {path.relative_to(home.path).as_posix() for path in home.path.rglob("*") if path.is_file()}


def test_a_byte_too_few_is_refused_with_both_figures_and_nothing_is_written(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    needed, before = expected_bytes(home), names(home)
    leave(monkeypatch, needed - 1)
    with pytest.raises(CommandError) as refused:
        open_night(home, None, None, None)
    assert "空间不够" in refused.value.message
    assert f"{needed / MEGABYTE:,.0f} MB" in refused.value.message
    assert names(home) == before


def test_just_enough_is_enough(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    leave(monkeypatch, expected_bytes(home))
    need_space(home)


def test_what_is_needed_grows_with_the_last_build_and_the_last_publication(home: Home) -> None:
    before = expected_bytes(home)
    folder = home.published / "2026-03-02"
    folder.mkdir(parents=True)
    (folder / "a").write_bytes(bytes(1000))
    home.latest.symlink_to(folder.name)
    assert expected_bytes(home) == before + 2 * 1000
    assert before == space.FLOOR + 3 * home.database.resolve().stat().st_size
