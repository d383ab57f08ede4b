from pathlib import Path

import duckdb
import pytest
from docx import Document

from tests.warehouse.publication.publication_county import build_county
from warehouse.publication.marts.places import Whereabouts, find_places
from warehouse.publication.marts.tables import open_warehouse
from warehouse.publication.publish import publish

GOAL = "镇党政领导包联化解信访事项全年不少于5件，化解比例大于等于100%。"
QUOTING = """
    update mart.review_findings set message = ?, evidence = ?, page = null, table_no = 0, row_no = 0
    where township = '石桥镇'
"""
FILED = "select filing_id from core.filings where township = '石桥镇'"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a county with texts in 石桥镇's filing that findings quote."""
    path = build_county(tmp_path_factory.mktemp("county") / "county.duckdb", townships=2)
    with duckdb.connect(str(path)) as connection:
        (filing_id,) = connection.execute(FILED).fetchone() or ("",)
        goals = [(filing_id, "goal", 4, "案件查办", "案件按时办结", GOAL, 3, 0, 15)]
        connection.executemany("insert into core.narrative_goals values (?, ?, ?, ?, ?, ?, ?, ?, ?)", goals)
        for number in (1, 2, 3, 4, 5):
            connection.execute(
                "insert into core.objectives values (?, ?, 1, '保障机关工作 正常运转', null, ?, 7)",
                [filing_id, number, 2 * number],
            )
            connection.execute(
                "insert into core.indicators values (?, ?, 9, '服务对象满意度', '满意度', '≥95%', ?, ?, 12)",
                [filing_id, number, number, 2 * number],
            )
    return path


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        (f"案件查办：{GOAL}", "第3页 分项绩效目标第4条“案件查办”"),
        ("…党政领导包联化解信访事项…", "第3页 分项绩效目标第4条“案件查办”"),
        ("保障机关工作正常运转", "表2 行7、表4 行7、表6 行7、表8 行7等 5 处"),
        (
            "服务对象满意度：≥95%（第1、2、3、4、5个项目）",
            "第1页 表2 行12、第2页 表4 行12、第3页 表6 行12、第4页 表8 行12等 5 处",
        ),
        ("保障机关工作正常运转…（第2、3个项目）", "表4 行7、表6 行7"),  # its message names the projects
        ("“优”", "整份文件"),  # too short to stand at one place
        ("文件里没有的一句话", "整份文件"),
    ],
)
def test_a_quotation_leads_to_its_place(database: Path, evidence: str, said: str) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute(QUOTING, [evidence, evidence])
    assert place_of_finding(database).text == said


def test_a_finding_in_a_cell_keeps_its_cell(tmp_path: Path) -> None:
    database = build_county(tmp_path / "county.duckdb", townships=2)
    assert place_of_finding(database).text == "表1 行12"


def test_the_letter_says_the_place_in_words(database: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute(QUOTING, ["不可能超过100%", f"案件查办：{GOAL}"])
        connection.execute("update mart.review_findings set project_name = null, indicator_raw = null")
    made = publish(database, tmp_path / "published")
    letter = Document(str(made.folder / "反馈单" / "石桥镇.docx"))
    assert any(p.text.startswith("位置：分项绩效目标第4条“案件查办”（第3页）") for p in letter.paragraphs)


def place_of_finding(database: Path) -> Whereabouts:
    with open_warehouse(database) as warehouse:
        table = warehouse.mart("review_findings")
        assert table is not None
        row = next(row for row in warehouse.rows(table) if table.text(row, "township") == "石桥镇")
        return find_places(warehouse).of(table, row)
