import json
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.publication.publication_county import build_county
from warehouse.files import exchange
from warehouse.publication.publish import publish


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_county(tmp_path_factory.mktemp("county") / "county.duckdb", years=(2022, 2023))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_county(tmp_path_factory.mktemp("small") / "county.duckdb", townships=2, projects=1)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_everything_the_bureau_gets_is_in_one_dated_folder(database: Path, tmp_path: Path) -> None:
    told: list[str] = []
    made = publish(database, tmp_path / "published", on_progress=lambda what, done, total: told.append(what))
    assert made.folder.name == "2023-03-02"  # the day on which the newest file came in, in the county's time
    assert (tmp_path / "published" / "latest").resolve() == made.folder.resolve()
    names = snapshot(made.folder)
    for name in (
        *("绩效目标对比表.xlsx", "绩效目标对比报告.html", "绩效目标对比报告_2022年.html", "反馈单/石桥镇.docx"),
        *("数据/datapackage.json", "数据/cost_comparison.csv", "数据/cost_comparison.parquet"),
        *("SHA256SUMS", "manifest.json"),
    ):
        assert name in names
    assert {"工作簿", "网页报告", "反馈单", "数据文件"} <= set(told)
    assert len(made.feedback_sheets) == 6


def test_the_same_database_gives_the_same_bytes_in_another_home(database: Path, tmp_path: Path) -> None:
    first = publish(database, tmp_path / "a" / "published")
    second = publish(database, tmp_path / "b" / "published")
    assert snapshot(first.folder) == snapshot(second.folder)


def test_publishing_again_changes_nothing(small: Path, tmp_path: Path) -> None:
    first = publish(small, tmp_path / "published")
    inode = first.workbook.stat().st_ino
    again = publish(small, tmp_path / "published")
    assert first.changed and not again.changed
    assert again.workbook.stat().st_ino == inode


def test_new_data_of_the_same_day_leave_the_earlier_publication_alone(database: Path, tmp_path: Path) -> None:
    place = tmp_path / "published"
    before = snapshot(publish(database, place).folder)
    other = build_county(tmp_path / "other.duckdb", townships=3, years=(2023,))
    made = publish(other, place)
    assert made.changed
    assert made.latest.resolve().name == "2023-03-02-2"
    assert not (made.folder / "绩效目标对比报告_2022年.html").exists()
    assert sorted(p.name for p in place.iterdir()) == ["2023-03-02", "2023-03-02-2", "latest"]
    assert snapshot(place / "2023-03-02") == before
    assert not publish(other, place).changed


def test_the_same_tables_written_anew_replace_their_folder_whole(small: Path, tmp_path: Path) -> None:
    place = tmp_path / "published"
    publish(small, place)
    (place / "2023-03-02" / "旧文件.txt").write_text("旧", encoding="utf-8")
    made = publish(small, place)
    assert made.changed
    assert not (made.folder / "旧文件.txt").exists()
    assert sorted(p.name for p in place.iterdir()) == ["2023-03-02", "latest"]


def test_an_earlier_publication_stays_and_latest_moves_on(small: Path, tmp_path: Path) -> None:
    place = tmp_path / "published"
    publish(small, place)
    made = publish(small, place, published_on=date(2023, 4, 1))
    assert sorted(p.name for p in place.iterdir()) == ["2023-03-02", "2023-04-01", "latest"]
    assert made.latest.resolve().name == "2023-04-01"


def test_what_a_killed_run_left_behind_is_put_right(small: Path, tmp_path: Path) -> None:
    place = tmp_path / "published"
    whole = snapshot(publish(small, place).folder)
    (place / "2023-03-02").rename(place / ".2023-03-02.old")  # killed between the two renames of the swap
    (place / ".2023-03-02.new").mkdir()
    (place / ".2023-03-02.new" / "半个.xlsx").write_bytes(b"x")
    made = publish(small, place)
    assert snapshot(made.folder) == whole
    assert sorted(p.name for p in place.iterdir()) == ["2023-03-02", "latest"]


def test_without_links_latest_is_a_copy(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no links on this disk")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    place = tmp_path / "published"
    publish(small, place)
    made = publish(small, place, published_on=date(2023, 4, 1))
    assert not made.latest.is_symlink()
    assert snapshot(made.latest) == snapshot(made.folder)


def test_a_failing_publication_leaves_the_last_one_untouched(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "published"
    whole = snapshot(publish(small, place).folder)
    monkeypatch.setattr("warehouse.publication.publish.write_package", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish(small, place, published_on=date(2023, 4, 1))
    assert snapshot(place / "latest") == whole
    assert sorted(p.name for p in place.iterdir()) == ["2023-03-02", "latest"], "what was begun takes no room"


def test_a_county_without_filings_says_so(tmp_path: Path) -> None:
    database = build_county(tmp_path / "county.duckdb", townships=0, rejected=False)
    made = publish(database, tmp_path / "published")
    assert made.published_on is None
    assert "还没有可以对比的报送文件" in made.reports[0].read_text(encoding="utf-8")
    assert made.feedback_sheets == ()


def test_a_single_township_is_told_that_there_is_nothing_to_compare(tmp_path: Path) -> None:
    database = build_county(tmp_path / "county.duckdb", townships=1)
    made = publish(database, tmp_path / "published")
    page = made.reports[0].read_text(encoding="utf-8")
    assert "只有一个乡镇，暂无可比对象" in page
    assert "<figure>" in page  # its own spending curve is still drawn


def test_invented_filings_are_labelled_in_the_manifest_and_the_report(database: Path, tmp_path: Path) -> None:
    made = publish(database, tmp_path / "published")
    page = made.reports[0].read_text(encoding="utf-8")
    assert "全部是虚构样例" in page
    assert page.count('<b class="sample">虚构样例</b>') > 10
    rows = (made.folder / "报告数据" / "2023年" / "cost_comparison_1.js").read_text(encoding="utf-8")
    assert '["石桥镇",null,"#t1",1]' in rows  # 1: marked as invented wherever it stands
    assert '"invented": true' in (made.folder / "manifest.json").read_text(encoding="utf-8")


def test_the_checksums_hold(small: Path, tmp_path: Path) -> None:
    import hashlib

    made = publish(small, tmp_path / "published")
    lines = (made.folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = dict(reversed(line.split("  ", 1)) for line in lines)
    files = snapshot(made.folder)
    del files["SHA256SUMS"]
    assert listed == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def test_figures_link_to_the_page_of_their_filing(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    database = build_county(tmp_path / "county.duckdb", inbox=inbox, townships=3)
    made = publish(database, tmp_path / "published", inbox=inbox)
    call = (made.folder / "报告数据" / "2023年" / "cost_comparison_1.js").read_text(encoding="utf-8")
    rows = json.loads(call[call.index("{") : call.rindex(")")])
    _, pages, _, anchors = rows["sourceEntries"]
    linked = [(made.folder / pages[page], anchors[anchor]) for _, page, _, anchor in zip(*rows["sources"], strict=True)]
    assert len(linked) == 6 and all(page.is_file() and re.fullmatch(r"t\d+r\d+c\d+", at) for page, at in linked)
    shutil.rmtree(inbox)  # pages are kept: a filing that is gone can still be shown
    again = publish(database, tmp_path / "published", inbox=inbox)
    assert not again.changed


def test_heavy_libraries_wait_until_something_is_written() -> None:
    code = "import sys, warehouse.publication.publish; print(*sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"xlsxwriter", "jinja2"} & set(run.stdout.split())


def test_a_filing_without_a_township_is_named(tmp_path: Path) -> None:
    database = build_county(tmp_path / "county.duckdb", townships=3)
    with duckdb.connect(str(database)) as connection:
        connection.execute("update core.filings set township = null, file_name = '无名.docx' where township = '青山乡'")
    page = publish(database, tmp_path / "published").reports[0].read_text(encoding="utf-8")
    assert "1 个文件没有识别出乡镇：无名.docx" in page


@pytest.mark.parametrize("damage", ["绩效目标对比表.xlsx", "数据/cost_comparison.parquet", "manifest.json"])
def test_a_damaged_publication_is_made_whole_under_its_own_name(small: Path, tmp_path: Path, damage: str) -> None:
    place = tmp_path / "published"
    whole = snapshot(publish(small, place).folder)
    content = bytearray((place / "latest" / damage).read_bytes())
    content[len(content) // 2] ^= 0xFF
    (place / "latest" / damage).write_bytes(content[:-1] if damage == "manifest.json" else content)
    if damage == "数据/cost_comparison.parquet":  # remembered, as a run does
        remember(place, whole)
    made = publish(small, place)
    assert made.changed and snapshot(made.folder) == whole
    assert {path.name for path in place.iterdir()} == {made.folder.name, "latest"}


def remember(place: Path, whole: dict[str, bytes]) -> None:
    record = place.parent / "state" / "publications" / f"{(place / 'latest').resolve().name}.json"
    record.parent.mkdir(parents=True)
    sums = dict(reversed(line.split("  ")) for line in whole["SHA256SUMS"].decode().splitlines())  # type: ignore[misc]
    record.write_text(json.dumps({"published": sums}), encoding="utf-8")


def test_a_publication_whose_run_died_before_it_was_the_latest_is_that_one_again(
    database: Path, small: Path, tmp_path: Path
) -> None:
    place = tmp_path / "published"
    publish(small, place, published_on=date(2023, 4, 1))
    made = publish(database, place, published_on=date(2023, 4, 1))
    assert made.folder.name == "2023-04-01-2"
    (place / "latest").unlink()
    (place / "latest").symlink_to("2023-04-01")
    assert publish(database, place, published_on=date(2023, 4, 1)).folder.name == "2023-04-01-2"
    assert (place / "latest").readlink() == Path("2023-04-01-2")


def test_a_damaged_publication_is_not_compared_with(database: Path, small: Path, tmp_path: Path) -> None:
    place = tmp_path / "published"
    first = publish(small, place)
    table = first.folder / "数据" / "cost_comparison.parquet"
    table.write_bytes(table.read_bytes()[:-10])
    assert publish(database, place, published_on=date(2023, 4, 1)).changed


def test_something_stands_in_place_at_every_moment_of_an_exchange(tmp_path: Path) -> None:
    new, place = tmp_path / "new", tmp_path / "place"
    for folder in (new, place):
        folder.mkdir()
        (folder / "file").write_text(folder.name)
    exchange(new, place)
    assert (place / "file").read_text() == "new"
    assert (new / "file").read_text() == "place"
