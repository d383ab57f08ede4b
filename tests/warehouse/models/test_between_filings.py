"""What a scan's values are set beside: the version that it replaced, and last year's filing of the same unit."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.invented_county import build_home
from tests.warehouse.invented_filings import filing, project
from transforms.decisions import DecidedDocument, Decision, settle_doubts
from transforms.records import FilingRecords, Finding, Place, UsedCell

SCANNED = Finding("page_recognised", "info", "有的页是图片。", None, None, None, Place(1, 0, 0))
NAMES = ("补助村数", "巡查次数", "每村补助标准")


def _filing(
    year: int, targets: tuple[str, str, str], budget: str = "100000", *, is_scan: bool = False
) -> FilingRecords:
    levels = ("数量指标", "数量指标", "成本指标")
    goals = [(level, name, target) for level, name, target in zip(levels, NAMES, targets, strict=True)]
    made = filing(year=year, projects=[project("村级运转经费", budget, goals)])
    cells = tuple(
        UsedCell(1, one.place.table_no, one.place.row_no, 4, "value", "target_raw", 1, one.indicator_no)
        for one in made.indicators
    )
    return replace(made, findings=(SCANNED,) if is_scan else (), used_cells=cells)


def _doubts(home: Path) -> list[tuple[object, ...]]:
    with duckdb.connect(str((home / "county.duckdb").resolve()), read_only=True) as connection:
        return connection.execute(
            "select reason, indicator_no, field, value_read, col_no, decision from core.doubts"
            " where reason <> 'decided' order by reason, indicator_no nulls first"
        ).fetchall()


def _held(home: Path) -> list[object]:
    with duckdb.connect(str((home / "county.duckdb").resolve()), read_only=True) as connection:
        query = "select indicator_no from core.indicators inner join core.filings using (filing_id) where is_held and is_current order by 1"
        return [row[0] for row in connection.execute(query).fetchall()]


PLAIN = ("≥20个", "≥12次", "≤7500元")


def test_a_scan_is_set_beside_the_version_that_it_replaced(tmp_path: Path) -> None:
    scan = _filing(2024, ("≥20个", "≥72次", "≤7500元"), "10000", is_scan=True)
    build_home(tmp_path, [("文.docx", 0, _filing(2024, PLAIN)), ("盖章.pdf", 1, scan)])
    assert _doubts(tmp_path) == [
        ("version_apart", None, "budget_raw", "10000", None, "open"),
        ("version_apart", 2, "target_raw", "≥72次", 4, "open"),
    ]
    assert _held(tmp_path) == [2]


def test_a_file_that_says_itself_what_it_says_is_doubted_by_no_other(tmp_path: Path) -> None:
    build_home(
        tmp_path, [("一.docx", 0, _filing(2024, PLAIN)), ("二.docx", 1, _filing(2024, ("20个", "≥72次", "≤75元")))]
    )
    assert _doubts(tmp_path) == []


@pytest.mark.parametrize(
    ("read", "is_doubted"),
    [
        ("20个", True),
        ("220个", True),
        ("2.0个", True),
        ("≤20个", True),
        ("≥25个", False),
        ("≥20个", False),
        ("≥30个", False),
    ],
)
def test_last_years_value_makes_doubtful_what_recognition_spoils_and_people_do_not(
    tmp_path: Path, read: str, is_doubted: bool
) -> None:
    scan = _filing(2024, (read, "≥15次", "≤8000元"), "120000", is_scan=True)
    build_home(tmp_path, [("旧.docx", 0, _filing(2023, PLAIN)), ("新.pdf", 1, scan)])
    assert [(row[0], row[1]) for row in _doubts(tmp_path)] == ([("last_year_apart", 1)] if is_doubted else [])


@pytest.mark.parametrize("decision", ["accepted", "corrected"])
def test_what_a_person_decided_is_not_asked_again(tmp_path: Path, decision: str) -> None:
    scan = _filing(2024, ("≥20个", "≥72次", "≤7500元"), is_scan=True)
    place = scan.indicators[1].place
    said = Decision("b", place.table_no, place.row_no, 4, "target_raw", "≥72次", decision, "≥12次")
    decided = settle_doubts(scan, DecidedDocument(None, (said,), ()))  # type: ignore[arg-type]
    build_home(tmp_path, [("文.docx", 0, _filing(2024, PLAIN)), ("盖章.pdf", 1, decided)])
    assert _doubts(tmp_path) == []
    assert _held(tmp_path) == []


@pytest.mark.parametrize(("budget", "is_told"), [("100000", False), ("10000", True)])
def test_a_scan_whose_signs_alone_differ_from_its_twins_is_no_contradiction(
    tmp_path: Path, budget: str, is_told: bool
) -> None:
    scan = _filing(2024, ("≥20个", "≥12％", "≤7500元"), budget, is_scan=True)
    county = build_home(tmp_path, [("甲.docx", 0, _filing(2024, PLAIN)), ("甲.pdf", 1, scan)])
    told = county.connection.execute("select count(*) from mart.review_findings where rule = 'twin_differs'").fetchall()
    assert told == [(int(is_told),)]
