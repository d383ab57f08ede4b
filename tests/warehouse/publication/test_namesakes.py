"""Two townships of one name in two counties are two townships everywhere."""

import csv
import re

import duckdb
import openpyxl
import pytest
from docx import Document

from tests.warehouse.publication.publication_county import build_county
from warehouse.publication.publish import Publication, publish

HERE, THERE = "石桥镇（青禾县（虚构））", "石桥镇（丹江县（虚构））"


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    home = tmp_path_factory.mktemp("home")
    database = build_county(home / "county.duckdb")
    with duckdb.connect(str(database)) as connection:
        having = "select table_schema, table_name from information_schema.columns where column_name = 'township'"
        for schema, name in connection.execute(having).fetchall():
            connection.execute(
                f"update {schema}.{name} set township = '石桥镇', county = '丹江县（虚构）' where township = '青山乡'"
            )
    return publish(database, home / "published")


def page_of(report: str, title: str) -> str:
    found = re.search(
        rf'<article class="page" id="(t\d+)"[^>]*>\s*<h1>[^\n]*{re.escape(title)}.*?</article>', report, re.S
    )
    assert found is not None, title
    return found.group(0)


def test_each_has_a_page_with_its_own_rows(publication: Publication) -> None:
    report = publication.reports[0].read_text(encoding="utf-8")
    here, there = page_of(report, HERE), page_of(report, THERE)
    assert "石桥镇2023年绩效目标" in here and "青山乡2023年绩效目标" not in here  # the files keep their names
    assert "青山乡2023年绩效目标" in there and "石桥镇2023年绩效目标" not in there
    assert "<dt>项目</dt><dd>2</dd>" in here and "<dt>项目</dt><dd>2</dd>" in there


def test_no_drawing_puts_them_together(publication: Publication) -> None:
    report = publication.reports[0].read_text(encoding="utf-8")
    drawings = [svg for svg in re.findall(r"<svg.*?</svg>", report, re.S) if "石桥镇" in svg]
    assert drawings
    assert not [svg for svg in drawings if re.search(r"石桥镇(?!（)", svg)]


def test_each_has_a_letter(publication: Publication) -> None:
    letters = {path.stem: path for path in publication.feedback_sheets}
    assert {HERE, THERE} <= letters.keys()
    texts = {name: "".join(p.text for p in Document(str(letters[name])).paragraphs) for name in (HERE, THERE)}
    assert "《石桥镇2023年" in texts[HERE] and "《青山乡2023年" not in texts[HERE]
    assert "《青山乡2023年" in texts[THERE] and "《石桥镇2023年" not in texts[THERE]


def test_the_workbook_tells_them_apart(publication: Publication) -> None:
    book = openpyxl.load_workbook(publication.workbook)
    sheet = book["成本比较"]
    column = next(cell.column for cell in sheet[3] if cell.value == "乡镇")
    assert {HERE, THERE} <= {sheet.cell(row, column).value for row in range(4, sheet.max_row + 1)}
    assert "石桥镇" not in {cell.value for row in book["图表数据"].iter_rows() for cell in row}


def test_the_data_keep_the_name_as_filed(publication: Publication) -> None:
    with (publication.folder / "数据" / "cost_comparison.csv").open(encoding="utf-8-sig", newline="") as file:
        places = {(row["county"], row["township"]) for row in csv.DictReader(file)}
    assert {("青禾县（虚构）", "石桥镇"), ("丹江县（虚构）", "石桥镇")} <= places
