"""Files, folders and links: whole or not at all, also after a kill, and where a disk knows neither links nor exchange."""

from pathlib import Path

import pytest

import warehouse.files as files
from warehouse.files import put_folder, put_link, put_link_or_copy, put_right, remove_folder


def folder(path: Path, text: str) -> Path:
    path.mkdir(parents=True)
    (path / "a.txt").write_text(text)
    return path


@pytest.fixture(params=["one step", "renames"])
def exchange_as(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exchange two names as Linux can, and as other systems must."""
    if request.param == "renames":
        monkeypatch.setattr(files, "_exchange", lambda new, place: False)


@pytest.mark.usefixtures("exchange_as")
def test_a_folder_takes_the_place_of_another_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    folder(tmp_path / "place", "old")
    put_folder(folder(tmp_path / ".place.new", "new"), tmp_path / "place")
    assert (tmp_path / "place" / "a.txt").read_text() == "new"
    put_folder(folder(tmp_path / ".other.new", "other"), tmp_path / "other")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "place"]


@pytest.mark.usefixtures("exchange_as")
def test_a_link_moves_on_and_takes_the_place_of_a_copy(tmp_path: Path) -> None:
    for name in ("first", "second"):
        folder(tmp_path / name, name)
    folder(tmp_path / "latest", "a copy")
    for name in ("first", "second", "second"):
        put_link_or_copy(Path(name), tmp_path / "latest")
        assert (tmp_path / "latest").is_symlink()
        assert (tmp_path / "latest" / "a.txt").read_text() == name
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first", "latest", "second"]


@pytest.mark.usefixtures("exchange_as")
def test_where_there_are_no_links_a_copy_stands_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("first", "second"):
        folder(tmp_path / name, name)
    put_link(Path("first"), tmp_path / "latest")

    def refuse(self: Path, target: Path, target_is_directory: bool = False) -> None:
        raise OSError(95, "no links here")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    for name in ("second", "first"):
        put_link_or_copy(Path(name), tmp_path / "latest")
        assert not (tmp_path / "latest").is_symlink()
        assert (tmp_path / "latest" / "a.txt").read_text() == name
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first", "latest", "second"]


def test_what_a_kill_left_is_put_right(tmp_path: Path) -> None:
    folder(tmp_path / ".half.new", "half made")
    folder(tmp_path / ".gone.old", "set aside, nothing in its place")
    folder(tmp_path / ".there.old", "set aside")
    folder(tmp_path / "there", "in its place")
    (tmp_path / ".latest.new").symlink_to("there")
    put_right(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gone", "there"]
    assert (tmp_path / "there" / "a.txt").read_text() == "in its place"


def test_a_removed_folder_is_gone(tmp_path: Path) -> None:
    remove_folder(folder(tmp_path / "place", "old"))
    assert list(tmp_path.iterdir()) == []
