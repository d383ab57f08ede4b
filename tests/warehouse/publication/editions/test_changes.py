"""A corrected filing changes a figure: the comparison of publications names row, figures and file; both come again."""

import csv
import shutil
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from tests.places import ROOT
from tests.warehouse.invented_filings import filing, project, received
from transforms.records import FilingRecords
from warehouse.models.build import build_database
from warehouse.publication.editions.chain import DATA_FOLDER, list_publications
from warehouse.publication.editions.changes import PublicationChanges, RowChange, compare_publications
from warehouse.publication.editions.keys import PLACE_COLUMNS, read_table_keys
from warehouse.publication.publish import Publication, publish
from warehouse.publication.remake.inputs import InputsGoneError, keep_inputs
from warehouse.publication.remake.remake import remake
from warehouse.store.store import open_store

CATALOGUE = ROOT / "sql" / "marts" / "columns.csv"
COST = "每村补助标准"
CORRECTED = "石臼镇2023年绩效目标（更正）.docx"


class Two(NamedTuple):
    """A home with two publications: as first filed, and with one township's correction."""

    home: Path
    first: Publication
    second: Publication
    changes: PublicationChanges


def draw(township: str, price: int, *more: str) -> FilingRecords:
    goals = [("成本指标", COST, f"≤{price}元/村"), *(("满意度指标", name, "≥95%") for name in more)]
    return filing(township, [project("村级运转经费", "100000", goals, plan=[(6, "50"), (12, "100")])])


def publish_home(home: Path) -> Publication:
    build_database(home)
    made = publish(home / "county.duckdb", home / "published")
    assert keep_inputs(home, made, home / "inbox")
    return made


def store_filings(home: Path, filed: dict[str, FilingRecords], start: int, night: int = 0) -> None:
    store = open_store(home, "v1")
    for number, (name, records) in enumerate(filed.items(), start):
        store.journal(received(name, f"{number:x}{number:063d}"[-64:], night), "docx", None, records)
    store.commit()


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    home = tmp_path_factory.mktemp("home")
    first = {f"{name}2023年绩效目标.docx": draw(name, price) for name, price in PRICES.items()}
    store_filings(home, {**first, "石臼镇2023年绩效目标.docx": draw("石臼镇", 7500, "群众满意度", "群众满意度")}, 1)
    before = publish_home(home)
    store_filings(home, {CORRECTED: draw("石臼镇", 9100, "群众满意度")}, 9)
    after = publish_home(home)
    changes = compare_publications(before.folder / DATA_FOLDER, after.folder / DATA_FOLDER)
    return Two(home, before, after, changes)


PRICES = {"石臼镇": 7500, "泉头乡": 7600, "枣园乡": 7700}


def rows_of(two: Two, table: str) -> list[RowChange]:
    return [row for changes in two.changes.tables if changes.table.name == table for row in changes.rows]


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_corrected_figure_is_named_with_its_row_and_its_filing(two: Two) -> None:
    (row,) = [row for row in rows_of(two, "cost_comparison") if row.record["township"] == "石臼镇"]
    figures = {figure.column: (str(figure.before), str(figure.after)) for figure in row.figures}
    assert row.kind == "changed" and row.is_own
    assert figures["target_raw"] == ("≤7500元/村", "≤9100元/村")
    assert figures["value_yuan"] == ("7500.00", "9100.00")
    (cause,) = row.causes
    assert (cause.file_name, cause.kind, cause.replaced) == (CORRECTED, "replaces", ("石臼镇2023年绩效目标.docx",))


def test_the_others_change_only_in_comparison_and_name_the_same_filing(two: Two) -> None:
    others = [row for row in rows_of(two, "cost_comparison") if row.record["township"] != "石臼镇"]
    assert {row.record["township"] for row in others} == {"泉头乡", "枣园乡"}
    for row in others:
        assert not row.is_own
        assert "county_median_yuan" in {figure.column for figure in row.figures}
        assert [cause.file_name for cause in row.causes] == [CORRECTED]


def test_of_two_equal_rows_one_is_removed(two: Two) -> None:
    removed = [row for row in rows_of(two, "target_comparison") if row.kind == "removed"]
    assert [(row.record["indicator_raw"], row.causes[0].file_name) for row in removed] == [("群众满意度", CORRECTED)]


def test_a_new_place_in_the_file_is_no_change(two: Two) -> None:
    assert rows_of(two, "schedule_comparison") == []


def test_a_publication_is_the_same_as_itself(two: Two) -> None:
    data = two.first.folder / DATA_FOLDER
    assert compare_publications(data, data).tables == ()
    assert compare_publications(data, data).filings.changes == ()


def test_the_earlier_publication_of_the_day_is_kept_and_known(two: Two) -> None:
    name = two.first.folder.name
    assert [folder.name for folder in list_publications(two.home / "published")] == [name, f"{name}-2"]


def test_the_sheet_shows_before_and_after_and_the_file(two: Two) -> None:
    lines = list(openpyxl.load_workbook(two.second.workbook)["变化"].iter_rows(min_row=4, values_only=True))
    (line,) = [line for line in lines if line[0] == "成本比较" and line[5] == "金额（元）"]
    assert line[1:4] == ("变动", "2023", "石臼镇")
    assert line[6:9] == ("7,500.00", "9,100.00", "本行数值")
    assert CORRECTED in str(line[9])
    first = openpyxl.load_workbook(two.first.workbook)["变化"]
    assert "第一次发布" in str(first.cell(2, 1).value)


def test_publishing_the_same_tables_again_changes_no_byte(two: Two) -> None:
    again = publish(two.home / "county.duckdb", two.home / "published")
    assert again.folder == two.second.folder
    assert not again.changed


def test_both_publications_are_made_again_byte_for_byte(two: Two, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(two.home, home, symlinks=True)
    was = {made.folder.name: files(made.folder) for made in (two.first, two.second)}
    shutil.rmtree(home / "published")  # and with it the tables that the second was compared with
    shutil.rmtree(home / "parquet")
    for name, content in was.items():
        made = remake(home, name)
        assert made.is_same and made.program == ()
        assert made.folder is not None
        assert files(made.folder) == content
    assert not list((home / "state").glob("remake-*"))


def test_a_cleared_folder_gets_the_same_publication_again(two: Two, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(two.home, home, symlinks=True)
    (home / "published" / "latest").unlink()
    shutil.rmtree(home / "published" / two.second.folder.name)
    assert files(publish(home / "county.duckdb", home / "published").folder) == files(two.second.folder)


def test_what_was_kept_and_is_damaged_is_refused(two: Two, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(two.home, home, symlinks=True)
    part = max((home / "state" / "publications" / "kept").rglob("*/*"), key=lambda path: path.stat().st_size)
    part.write_bytes(b"x")
    with pytest.raises(InputsGoneError, match="缺失或损坏"):
        remake(home, two.second.folder.name)


def test_a_database_that_the_store_has_outgrown_is_not_recorded(two: Two, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(two.home, home, symlinks=True)
    store_filings(home, {"白杨镇2023年绩效目标.docx": draw("白杨镇", 8000)}, 5)
    assert not keep_inputs(home, publish(home / "county.duckdb", home / "published"), home / "inbox")


def test_the_keys_fit_the_tables() -> None:
    columns: dict[str, set[str]] = {}
    with CATALOGUE.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            columns.setdefault(row["table"], set()).add(row["column"])
    listed = read_table_keys()
    assert listed.keys() == {name for name in columns if "." not in name}
    for name, keys in listed.items():
        named = {column for term in (*keys.key, *keys.group) for column in term.split("|")} | keys.own
        assert named <= columns[name], f"{name}: {named - columns[name]}"
        assert not named & PLACE_COLUMNS
