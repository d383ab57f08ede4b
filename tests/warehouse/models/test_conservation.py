"""The projects that count for a filer and year: a later filing with a part of them takes none of the others away."""

from dataclasses import replace
from pathlib import Path

import duckdb

from pipelines.review.items import Item
from pipelines.review.queue import read_queue
from tests.warehouse.invented_county import build_home
from tests.warehouse.invented_filings import filing, project
from transforms.decisions import Decision, decide_document, settle_doubts
from transforms.records import Doubt, FilingRecords
from warehouse.home import Home

WHOLE = filing(
    projects=[project("村级运转经费", "100000"), project("防汛经费", "50000"), project("文化活动经费", "20000")]
)
PART = filing(projects=[project("村级运转经费", "90000"), project("防汛经费", "60000")])


def _build(home: Path, whole: FilingRecords) -> Path:
    build_home(home, [("全.docx", 0, whole), ("补.docx", 1, PART)])
    return home


def _ask(home: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str((home / "county.duckdb").resolve()), read_only=True) as connection:
        return connection.execute(query).fetchall()


def _counted(home: Path) -> list[tuple[object, ...]]:
    query = (
        "select project_category, cast(total_yuan as integer) from mart.budget_comparison where projects > 0 order by 1"
    )
    return _ask(home, query)


def _carried(home: Path) -> list[tuple[object, ...]]:
    query = "select file_name, message from mart.review_findings where rule = 'projects_carried_on'"
    return _ask(home, query)


def _doubts(home: Path) -> list[Item]:
    return [item for item in read_queue(Home(home)) if item.kind == "doubt"]


def test_what_a_later_filing_lacks_goes_on_counting_and_is_said(tmp_path: Path) -> None:
    home = _build(tmp_path, WHOLE)
    assert _counted(home) == [("文化活动经费", 20000), ("村级运转经费", 90000), ("防汛经费", 60000)]
    assert [(name, "1个项目（文化活动经费）" in str(text)) for name, text in _carried(home)] == [("补.docx", True)]
    waiting = [(item.project_name, item.reason, item.holds) for item in _doubts(home)]
    assert waiting == [("文化活动经费", "not_in_later_filing", False)]


def _decided(decision: str) -> FilingRecords:
    dropped = WHOLE.projects[2]
    place = dropped.place
    said = Decision("a", place.table_no, place.row_no, 0, "project_name", dropped.project_name, decision)
    records = settle_doubts(WHOLE, replace(decide_document(_NoDocument(), []), holding=(said,)))  # type: ignore[arg-type]
    assert [(doubt.project_no, doubt.decision) for doubt in records.doubts] == [(3, decision)]
    return records


class _NoDocument:
    """Nothing is read of the document where a decision names no cell."""

    sha256 = "a"


def test_a_person_takes_a_project_out(tmp_path: Path) -> None:
    home = _build(tmp_path, _decided("excluded"))
    assert _counted(home) == [("村级运转经费", 90000), ("防汛经费", 60000)]
    assert _carried(home) == [] and [item.decision for item in _doubts(home)] == ["excluded"]


def test_a_person_lets_a_project_stand(tmp_path: Path) -> None:
    home = _build(tmp_path, _decided("accepted"))
    assert ("文化活动经费", 20000) in _counted(home)
    assert _carried(home) == []


def test_nothing_is_said_of_a_project_that_counts_elsewhere(tmp_path: Path) -> None:
    doubted = replace(WHOLE, doubts=(Doubt("budget_yuan", "5", "amount_apart", 2, None, WHOLE.projects[1].place),))
    home = _build(tmp_path, doubted)
    query = "select distinct project_name from mart.review_findings where file_name = '全.docx'"
    assert _ask(home, query) == [("文化活动经费",)]


def test_a_project_whose_sum_a_new_one_has_may_have_another_name_now(tmp_path: Path) -> None:
    parts = [("村级运转经费", "90000"), ("防汛经费", "60000"), ("乡村文化活动补助", "20000")]
    renamed = filing(projects=[project(name, total) for name, total in parts])
    build_home(tmp_path, [("全.docx", 0, WHOLE), ("补.docx", 1, renamed)])
    assert [total for _, total in _counted(tmp_path)].count(20000) == 2
    waiting = [(item.project_name, item.reason, item.holds) for item in _doubts(tmp_path)]
    assert waiting == [("文化活动经费", "renamed_in_later_filing", False)]
