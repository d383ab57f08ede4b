from collections.abc import Iterator
from pathlib import Path

import duckdb
import openpyxl
import pytest
from docx import Document

from tests.warehouse.publication.publication_county import build_county
from warehouse.publication.marts.tables import Warehouse, open_warehouse
from warehouse.publication.marts.values import judged_ratio, label_text, shown_text
from warehouse.publication.publish import Publication, publish

FEW_VILLAGES = """
    update mart.budget_comparison set
        denominator = '村', compared_yuan = current_yuan / 2, county_median_compared_yuan = 20000,
        ratio_compared = 2.5, ratio_to_median = 0.4, outlier = 'high'
    where township = '白杨镇'
"""
OTHERS = "update mart.budget_comparison set outlier = 'normal'"
KILOMETRES = """
    update mart.target_comparison set target_raw = '≥84公里', value = 84000, value_unit = '米', county_median = 44500,
        strictness_distance = -39500, strictness = 'looser'
    where township = '白杨镇' and value is not null
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = build_county(tmp_path_factory.mktemp("county") / "county.duckdb", townships=6)
    with duckdb.connect(str(path)) as connection:
        for change in (OTHERS, FEW_VILLAGES, KILOMETRES):
            connection.execute(change)
    return path


@pytest.fixture(scope="module")
def publication(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Publication:
    return publish(database, tmp_path_factory.mktemp("home") / "published")


@pytest.fixture
def warehouse(database: Path) -> Iterator[Warehouse]:
    with open_warehouse(database) as opened:
        yield opened


def test_a_budget_judged_by_village_says_so(warehouse: Warehouse) -> None:
    table = warehouse.mart("budget_comparison")
    assert table is not None
    high = [row for row in warehouse.rows(table) if table.text(row, "outlier") == "high"]
    assert {label_text(warehouse, table, row, "outlier") for row in high} == {"村均明显偏高"}
    assert {judged_ratio(table, row) for row in high} == {2.5}


def test_the_mark_stands_beside_its_ratio_in_workbook_report_and_letter(publication: Publication) -> None:
    sheet = openpyxl.load_workbook(publication.workbook)["预算比较"]
    marks = [cell for row in sheet.iter_rows() for cell in row if cell.value == "村均明显偏高"]
    assert marks
    rules = {rule.text for rules in sheet.conditional_formatting for rule in rules.rules if rule.operator == "endsWith"}
    assert "明显偏高" in rules  # coloured with or without what it is judged per
    report = publication.reports[0].read_text(encoding="utf-8")
    assert "村均明显偏高" in report.split('id="cost_comparison"')[0]  # on the first page
    (letter,) = (path for path in publication.feedback_sheets if path.stem == "白杨镇")
    rows = [[cell.text for cell in row.cells] for table in Document(str(letter)).tables for row in table.rows]
    assert any("村均明显偏高" in row and "2.50" in row for row in rows)


def test_a_converted_median_names_its_unit(warehouse: Warehouse, publication: Publication) -> None:
    table = warehouse.mart("target_comparison")
    assert table is not None
    row = next(row for row in warehouse.rows(table) if table.text(row, "value_unit") == "米")
    assert shown_text(warehouse, table, row, table.column("county_median")) == "44,500米"
    rows = publication.folder / "报告数据" / "2023年" / "target_comparison_1.js"
    assert "44,500米" in rows.read_text(encoding="utf-8")
    heads = [cell.value for cell in openpyxl.load_workbook(publication.workbook)["指标值比较"][3]]
    assert "比较值单位" in heads and "中位数" in heads
