"""What is kept of publications, what they share, and what is held back."""

import json
from pathlib import Path

import pytest

from pipelines.night.publishing.keep import drop_old_publications, drop_replaced
from pipelines.night.publishing.published import record_publication
from pipelines.night.publishing.shrink import find_shrinkage
from pipelines.night.settings import KeepSettings
from tests.warehouse.invented_county import build_home, draw_county
from tests.warehouse.invented_filings import filing
from warehouse.home import Home
from warehouse.publication.editions.whole import find_damage, share_equal_files
from warehouse.publication.package import write_checksums
from warehouse.publication.publish import publish
from warehouse.publication.sources.pages import kept_name

DAYS = ["2025-12-03", "2025-12-30", "2026-01-05", "2026-01-05-2", "2026-01-05-10", "2026-02-01", "2026-02-02"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    previous = None
    for name in DAYS:
        folder = home.published / name
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text(json.dumps({"publication": name, "previous": previous}))
        previous = name
    (home.published / "2026-01-05-again").mkdir()
    home.latest.symlink_to(DAYS[-1])
    return home


def names(home: Home) -> set[str]:
    return {path.name for path in home.published.iterdir() if path.name != "latest"}


@pytest.mark.parametrize(
    ("keep", "dropped"),
    [
        (KeepSettings(2, True), ["2025-12-03", "2026-01-05", "2026-01-05-2"]),
        (KeepSettings(2, False), DAYS[:5]),
        (KeepSettings(1, False), DAYS[:5]),
        (KeepSettings(0, False), []),
        (KeepSettings(30, True), []),
    ],
)
def test_the_newest_and_the_last_of_each_month_stay(home: Home, keep: KeepSettings, dropped: list[str]) -> None:
    before = names(home)
    assert drop_old_publications(home, keep) == dropped
    assert names(home) == before - set(dropped)


def test_equal_files_of_two_publications_stand_on_the_disk_once(tmp_path: Path) -> None:
    for name, second in (("old", b"before"), ("new", b"after")):
        (tmp_path / name / "出处").mkdir(parents=True)
        (tmp_path / name / "出处" / "a.html").write_bytes(b"the same")
        (tmp_path / name / "b.html").write_bytes(second)
        write_checksums(tmp_path / name)
    assert share_equal_files(tmp_path / "old", tmp_path / "new") == 1
    pair = [(tmp_path / name / "出处" / "a.html").stat().st_ino for name in ("old", "new")]
    assert pair[0] == pair[1]
    assert not find_damage(tmp_path / "new")


def test_what_is_damaged_is_not_shared(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.html").write_bytes(b"the same")
        write_checksums(tmp_path / name)
    (tmp_path / "old" / "a.html").write_bytes(b"no longer")
    assert share_equal_files(tmp_path / "old", tmp_path / "new") == 0
    assert not find_damage(tmp_path / "new")


def test_a_publication_that_shrinks_without_a_cause_is_held_back(tmp_path: Path) -> None:
    filed = draw_county()[:6]
    home = Home(tmp_path / "home")
    build_home(home.path, filed)
    publish(home.database, home.published)
    record_publication(home, home.inbox)
    assert find_shrinkage(home) is None
    manifest = home.latest / "manifest.json"
    more = json.loads(manifest.read_text(encoding="utf-8"))
    more["years"][0]["indicators"] += 5
    manifest.write_text(json.dumps(more), encoding="utf-8")
    assert "指标" in (find_shrinkage(home) or "")
    (home.config).mkdir(exist_ok=True)
    (home.config / "decisions.csv").write_text("", encoding="utf-8")
    assert find_shrinkage(home) is None, "the county changed what counts"
    more["filings"].append({"sha256": "f" * 64, "file_name": "没了.docx"})
    manifest.write_text(json.dumps(more), encoding="utf-8")
    assert "没了.docx" in (find_shrinkage(home) or "")


@pytest.mark.parametrize("keeps_all", [False, True])
def test_what_replaced_filings_are_shown_by_goes_when_no_publication_shows_them(
    tmp_path: Path, keeps_all: bool
) -> None:
    home = Home(tmp_path / "home")
    filed = [("甲.docx", 0, filing("甲镇")), ("甲改.docx", 1, filing("甲镇")), ("乙.docx", 0, filing("乙镇"))]
    build_home(home.path, [*filed, ("乙改.docx", 1, filing("乙镇"))])
    ids = [f"{number:x}{number:063d}"[-64:] for number in range(5)]
    old, new, gone, newer, rejected = ids  # the file of the third has left the inbox
    manifest = json.loads(home.manifest.read_text(encoding="utf-8"))
    manifest["files"] = {f"{one}.docx": [1, 1, one, 1, 1] for one in (old, new, newer, rejected)}
    home.manifest.write_text(json.dumps(manifest), encoding="utf-8")
    home.documents.mkdir(parents=True)
    for one in (*ids, "f" * 64):
        (home.documents / f"{one}-v").write_bytes(b"document")
        (home.source_pages / kept_name(one)).mkdir(parents=True)
    publication = home.published / "2026-01-05"
    publication.mkdir(parents=True)
    (publication / "manifest.json").write_text(json.dumps({"filings": [{"sha256": new}, {"sha256": newer}]}))
    drop_replaced(home, KeepSettings(replaced=keeps_all))
    documents = {path.name.removesuffix("-v") for path in home.documents.iterdir()}
    pages = {path.name for path in home.source_pages.iterdir()}
    if keeps_all:
        assert len(documents) == len(pages) == 6
    else:
        assert documents == {new, newer, gone, rejected}
        assert pages == {kept_name(one) for one in (new, newer)}
