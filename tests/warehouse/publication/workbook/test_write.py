import shutil
import subprocess
from pathlib import Path

import duckdb
import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from tests.warehouse.publication.publication_county import SPITEFUL, build_county
from warehouse.publication.marts.facts import gather_facts
from warehouse.publication.marts.tables import Warehouse, open_warehouse
from warehouse.publication.publish import publish
from warehouse.publication.sources.links import SourceLinks
from warehouse.publication.workbook.sheets import HEAD_ROW
from warehouse.publication.workbook.write import write_workbook

HEADINGS = HEAD_ROW + 1


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workbook")
    database = build_county(folder / "county.duckdb", years=(2022, 2023))
    with open_warehouse(database) as warehouse:
        write_workbook(warehouse, gather_facts(warehouse, warehouse.data_date()), SourceLinks(), folder / "a.xlsx")
    return folder / "a.xlsx"


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return openpyxl.load_workbook(path)


def columns_of(book: Workbook, sheet: str) -> dict[str, int]:
    return {cell.value: cell.column for cell in book[sheet][HEADINGS]}


def test_there_is_a_sheet_for_each_comparison_between_cover_and_explanation(book: Workbook) -> None:
    assert book.sheetnames[0] == "封面"
    assert book.sheetnames[-4:] == ["退回文件", "来源文件", "说明", "图表数据"]
    for sheet in ("成本比较", "预算比较", "指标值比较", "支出进度比较", "年度对比", "审核问题", "报送情况"):
        assert sheet in book.sheetnames


def test_headings_stand_still_and_can_be_filtered(book: Workbook) -> None:
    sheet = book["成本比较"]
    assert sheet.freeze_panes == f"C{HEADINGS + 1}"  # year and township stay in sight
    assert sheet.auto_filter.ref.startswith(f"A{HEADINGS}:")
    assert sheet.print_title_rows == f"${HEADINGS}:${HEADINGS}"


def test_values_have_the_format_of_their_kind(book: Workbook) -> None:
    sheet, columns = book["成本比较"], columns_of(book, "成本比较")
    row = HEADINGS + 1
    assert sheet.cell(row, columns["金额（元）"]).number_format == "#,##0.00"
    assert sheet.cell(row, columns["与中位数之比"]).number_format == "0.00"
    assert isinstance(sheet.cell(row, columns["金额（元）"]).value, (int, float))
    dates = book["完成时限比较"].cell(row, columns_of(book, "完成时限比较")["完成日期"])
    assert dates.number_format == "yyyy-mm-dd"


def test_no_figure_is_wider_than_its_column(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "warehouse.publication.workbook.sheets.MEASURED_ROWS", 1
    )  # the widest figures stand further down
    with open_warehouse(path.parent / "county.duckdb") as warehouse:
        facts = gather_facts(warehouse, warehouse.data_date())
        write_workbook(warehouse, facts, SourceLinks(), tmp_path / "c.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "c.xlsx")["成本比较"]
    column = columns_of(sheet.parent, "成本比较")["金额（元）"]
    widest = max(len(f"{sheet.cell(row, column).value:,.2f}") for row in range(HEADINGS + 1, sheet.max_row + 1))
    assert sheet.column_dimensions[get_column_letter(column)].width > widest + 1


def test_rows_are_as_high_as_their_wrapped_text(tmp_path: Path) -> None:
    database = build_county(tmp_path / "county.duckdb", townships=2)
    with duckdb.connect(str(database)) as connection:
        connection.execute("update mart.review_findings set message = repeat('长', 60) || chr(10) || '末行'")
    with open_warehouse(database) as warehouse:
        write_workbook(warehouse, gather_facts(warehouse, None), SourceLinks(), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet, column = book["审核问题"], columns_of(book, "审核问题")["问题"]
    assert sheet.cell(HEADINGS + 1, column).alignment.wrap_text
    assert sheet.row_dimensions[HEADINGS + 1].height >= 4 * 13  # 120 half-width characters in 44, and a line more


def test_paper_shows_what_is_in_sight_without_the_long_file_names(book: Workbook) -> None:
    sheet, columns = book["成本比较"], columns_of(book, "成本比较")
    last = get_column_letter(columns["行号"])
    assert sheet.print_area.startswith("'成本比较'!$A$1:$" + last)
    assert columns["文件名"] > columns["行号"]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0


def test_a_place_outside_all_tables_is_shown_as_nothing(tmp_path: Path) -> None:
    database = build_county(tmp_path / "county.duckdb", townships=2)
    with duckdb.connect(str(database)) as connection:
        connection.execute("update mart.review_findings set table_no = 0, row_no = 0")
    with open_warehouse(database) as warehouse:
        write_workbook(warehouse, gather_facts(warehouse, None), SourceLinks(), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    columns = columns_of(book, "审核问题")
    row = [cell.value for cell in book["审核问题"][HEADINGS + 1]]
    assert row[columns["问题"] - 1] and row[columns["表号"] - 1] is None and row[columns["行号"] - 1] is None


def test_codes_are_shown_in_chinese(book: Workbook) -> None:
    column = columns_of(book, "成本比较")["异常标记"]
    shown = {book["成本比较"].cell(row, column).value for row in range(HEADINGS + 1, HEADINGS + 10)}
    assert shown <= {"明显偏高", "正常", "可比乡镇不足"}


def test_no_text_from_a_filing_is_a_formula(book: Workbook) -> None:
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert found == []
    texts = {cell.value for row in book["指标值比较"].iter_rows() for cell in row}
    assert "=SUM(A1)" in texts
    assert any(SPITEFUL in str(text) for text in texts)


def test_each_row_names_its_source(book: Workbook) -> None:
    sheet, columns = book["指标值比较"], columns_of(book, "指标值比较")
    for row in range(HEADINGS + 1, HEADINGS + 20):
        assert str(sheet.cell(row, columns["文件名"]).value).endswith(".docx")
        assert sheet.cell(row, columns["表号"]).value and sheet.cell(row, columns["行号"]).value


def test_keys_are_folded_away_but_there(book: Workbook) -> None:
    sheet = book["成本比较"]
    letter = sheet.cell(HEADINGS, columns_of(book, "成本比较")["报送编号"]).column_letter
    groups = {name: shape for name, shape in sheet.column_dimensions.items() if shape.hidden}
    assert any(shape.min <= openpyxl.utils.column_index_from_string(letter) <= shape.max for shape in groups.values())


def test_every_column_of_every_sheet_is_explained(book: Workbook) -> None:
    explained = {(row[0], row[1]) for row in book["说明"].iter_rows(min_row=HEADINGS + 1, values_only=True)}
    for sheet in book.sheetnames[2:-5]:
        for heading in columns_of(book, sheet):
            assert (sheet, heading) in explained
    assert book["成本比较"].cell(HEADINGS, 2).comment is not None


def test_outliers_are_marked(book: Workbook) -> None:
    rules = [rule for span in book["成本比较"].conditional_formatting for rule in span.rules]
    assert any('"明显偏高"' in formula for rule in rules for formula in rule.formula)


def test_charts_are_the_workbooks_own(book: Workbook) -> None:
    assert len(book["图表"]._charts) >= 4  # curves, budgets, strictness and at least one cost


def test_the_cover_counts_and_warns(book: Workbook) -> None:
    said = [str(cell.value) for row in book["封面"].iter_rows() for cell in row if cell.value is not None]
    assert any("全部是虚构样例" in text for text in said)
    assert any("1 个文件被退回" in text for text in said)
    assert "2023年" in said and "2022年" in said


def test_rejected_files_come_with_advice(book: Workbook) -> None:
    row = [cell.value for cell in book["退回文件"][HEADINGS + 1]]
    assert row[0] == "坏文件.docx"
    assert "重新导出" in row[2]


def test_an_empty_comparison_says_that_there_are_no_data(book: Workbook) -> None:
    assert "暂无数据" in book["文字雷同"].cell(HEADINGS + 1, 1).value


def test_a_long_workbook_in_constant_memory_holds_the_same(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.publication.workbook.write.BIG", 0)
    with open_warehouse(path.parent / "county.duckdb") as warehouse:
        facts = gather_facts(warehouse, warehouse.data_date())
        write_workbook(warehouse, facts, SourceLinks(), tmp_path / "b.xlsx")
    assert values(tmp_path / "b.xlsx") == values(path)


def values(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


@pytest.mark.needs_libreoffice
def test_libreoffice_opens_it(path: Path, tmp_path: Path) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice") or ""
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        program,
        profile,
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,6",
    ]
    subprocess.run([*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=120)
    (converted,) = tmp_path.glob("*.csv")
    text = converted.read_text(encoding="utf-8")
    assert "成本比较" in text and "明显偏高" in text
    assert "#NAME?" not in text and "Err:" not in text


def test_rows_link_to_the_page_of_their_filing(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    database = build_county(tmp_path / "county.duckdb", inbox=inbox, townships=2)
    made = publish(database, tmp_path / "published", inbox=inbox)
    sheet = openpyxl.load_workbook(made.workbook)["成本比较"]
    links = [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert links
    target = links[0].target.split("#")[0].replace("\\", "/")  # written as Excel writes paths
    assert (made.folder / target).is_file()


def test_the_catalogue_is_the_only_source_of_headings(path: Path, book: Workbook) -> None:
    with open_warehouse(path.parent / "county.duckdb") as warehouse:
        check_headings(warehouse, book)


def check_headings(warehouse: Warehouse, book: Workbook) -> None:
    for table in warehouse.marts():
        assert set(columns_of(book, table.title)) == {column.heading for column in table.columns}
