import shutil
import subprocess
from pathlib import Path

import duckdb
import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.warehouse.publication.publication_county import SPITEFUL, build_county
from warehouse.publication.marts.facts import gather_facts
from warehouse.publication.marts.tables import open_warehouse
from warehouse.publication.publish import publish
from warehouse.publication.workbook.paper import HEAD_ROW
from warehouse.publication.workbook.write import BookMatter, write_workbooks

HEADINGS = HEAD_ROW + 1


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workbook")
    database = build_county(folder / "county.duckdb", years=(2022, 2023))
    return write_books(database, folder)[0]


def write_books(database: Path, folder: Path) -> tuple[Path, ...]:
    """Write the books of a database, the newest year's first."""
    folder.mkdir(exist_ok=True)
    with open_warehouse(database) as warehouse:
        return write_workbooks(warehouse, BookMatter(gather_facts(warehouse, warehouse.data_date())), folder)


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return openpyxl.load_workbook(path)


def columns_of(book: Workbook, sheet: str) -> dict[str, int]:
    return {cell.value: cell.column for cell in book[sheet][HEADINGS] if cell.value}


def test_a_book_has_at_most_ten_sheets_in_sight_and_hides_the_figures_of_its_charts(book: Workbook) -> None:
    assert book.sheetnames[:2] == ["封面", "审核问题"]
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == book.sheetnames[:-1]
    assert book.sheetnames[-1] == "图表数据" and len(book.sheetnames) <= 11
    for sheet in ("成本比较", "预算比较", "指标值比较", "年度对比", "报送情况", "变化"):
        assert sheet in book.sheetnames


def test_each_year_has_a_book_of_its_own(path: Path) -> None:
    books = {one.name: openpyxl.load_workbook(one) for one in path.parent.glob("*.xlsx")}
    assert set(books) == {"绩效目标对比表.xlsx", "绩效目标对比表_2022年.xlsx"}
    for name, year in (("绩效目标对比表.xlsx", 2023), ("绩效目标对比表_2022年.xlsx", 2022)):
        sheet = books[name]["成本比较"]
        assert {sheet.cell(row, 1).value for row in range(HEADINGS + 1, sheet.max_row + 1)} == {year}


def test_rows_are_excel_tables_named_as_their_sheet_and_printed_on_one_paper(book: Workbook) -> None:
    for name in ("审核问题", "成本比较", "预算比较", "指标值比较"):
        table = book[name].tables[name]
        heads = [cell.value for cell in book[name][HEADINGS]]
        assert [column.name for column in table.tableColumns] == heads and len(set(heads)) == len(heads)
    assert {sheet.page_setup.paperSize for sheet in book if sheet.sheet_state == "visible"} == {9}


def test_findings_have_columns_to_be_filled_in(book: Workbook) -> None:
    sheet, columns = book["审核问题"], columns_of(book, "审核问题")
    assert columns["问题"] + 1 == columns["整改状态"] == columns["处理意见"] - 1
    (choice,) = sheet.data_validations.dataValidation
    assert choice.type == "list" and sheet.cell(HEADINGS + 1, columns["整改状态"]).coordinate in choice.sqref


def test_headings_stand_still_and_can_be_filtered(book: Workbook) -> None:
    sheet = book["成本比较"]
    assert sheet.freeze_panes == f"C{HEADINGS + 1}"  # year and township stay in sight
    assert sheet.tables["成本比较"].autoFilter.ref.startswith(f"A{HEADINGS}:")
    assert sheet.print_title_rows == f"${HEADINGS}:${HEADINGS}"


def test_values_have_the_format_of_their_kind(book: Workbook) -> None:
    sheet, columns = book["成本比较"], columns_of(book, "成本比较")
    row = HEADINGS + 1
    assert sheet.cell(row, columns["金额（元）"]).number_format == "#,##0.00"
    assert sheet.cell(row, columns["与中位数之比"]).number_format == "0.00"
    assert isinstance(sheet.cell(row, columns["金额（元）"]).value, (int, float))
    moment = book["报送情况"].cell(row, columns_of(book, "报送情况")["最后收到"])
    assert moment.number_format == "yyyy-mm-dd hh:mm"


def test_no_figure_is_wider_than_its_column(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "warehouse.publication.workbook.sheets.MEASURED_ROWS", 1
    )  # the widest figures stand further down
    sheet = openpyxl.load_workbook(write_books(path.parent / "county.duckdb", tmp_path)[0])["成本比较"]
    column = columns_of(sheet.parent, "成本比较")["金额（元）"]
    widest = max(len(f"{sheet.cell(row, column).value:,.2f}") for row in range(HEADINGS + 1, sheet.max_row + 1))
    assert sheet.column_dimensions[get_column_letter(column)].width > widest + 1


def test_rows_are_as_high_as_their_wrapped_text(tmp_path: Path) -> None:
    database = build_county(tmp_path / "county.duckdb", townships=2)
    with duckdb.connect(str(database)) as connection:
        connection.execute("update mart.review_findings set message = repeat('长', 60) || chr(10) || '末行'")
    book = openpyxl.load_workbook(write_books(database, tmp_path / "books")[0])
    sheet, column = book["审核问题"], columns_of(book, "审核问题")["问题"]
    assert sheet.cell(HEADINGS + 1, column).alignment.wrap_text
    assert sheet.row_dimensions[HEADINGS + 1].height >= 4 * 13  # 120 half-width characters in 44, and a line more


def test_paper_shows_what_is_in_sight_without_the_long_file_names(book: Workbook) -> None:
    sheet, columns = book["成本比较"], columns_of(book, "成本比较")
    last = openpyxl.utils.cell.range_boundaries(sheet.print_area.split("!")[1])[2]
    assert columns["与中位数之比"] < last < columns["文件名"]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0


def test_a_place_outside_all_tables_is_shown_as_nothing(tmp_path: Path) -> None:
    database = build_county(tmp_path / "county.duckdb", townships=2)
    with duckdb.connect(str(database)) as connection:
        connection.execute("update mart.review_findings set table_no = 0, row_no = 0")
    book = openpyxl.load_workbook(write_books(database, tmp_path / "books")[0])
    columns = columns_of(book, "审核问题")
    row = [cell.value for cell in book["审核问题"][HEADINGS + 1]]
    assert row[columns["问题"] - 1] and row[columns["表号"] - 1] is None and row[columns["行号"] - 1] is None


def test_codes_are_shown_in_chinese(book: Workbook) -> None:
    column = columns_of(book, "成本比较")["异常标记"]
    shown = {book["成本比较"].cell(row, column).value for row in range(HEADINGS + 1, HEADINGS + 10)}
    assert shown <= {"明显偏高", "正常", "可比乡镇不足"}


def test_no_text_from_a_filing_is_a_formula(book: Workbook) -> None:
    found = {(sheet.title, sheet.cell(HEADINGS, cell.column).value) for sheet, cell in formulas_of(book)}
    recounted = {"成本比较": {"中位数（元）", "与中位数之比"}, "预算比较": {"全县中位数（元）", "与中位数之比"}}
    assert {title for title, _ in found} == {"封面", *recounted}
    assert all(heading in recounted[title] for title, heading in found if title != "封面")
    texts = {cell.value for row in book["指标值比较"].iter_rows() for cell in row}
    assert "=SUM(A1)" in texts
    assert any(SPITEFUL in str(text) for text in texts)


def formulas_of(book: Workbook) -> list[tuple[Worksheet, Cell]]:
    """Give all cells that hold a formula, with their sheets."""
    return [(sheet, cell) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.needs_libreoffice
def test_formulas_give_the_published_figures(path: Path, tmp_path: Path) -> None:
    bare = openpyxl.load_workbook(path)  # formulas without the results that were written beside them
    bare.save(tmp_path / "bare.xlsx")
    convert(tmp_path / "bare.xlsx", "xlsx:Calc MS Excel 2007 XML", tmp_path / "out")
    published = openpyxl.load_workbook(path, data_only=True)
    counted = openpyxl.load_workbook(tmp_path / "out" / "bare.xlsx", data_only=True)
    wrong = [
        (sheet.title, cell.coordinate)
        for sheet, cell in formulas_of(bare)
        if abs(published[sheet.title][cell.coordinate].value - counted[sheet.title][cell.coordinate].value) > 0.006
    ]
    assert wrong == []


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
    for name in book.sheetnames[1:-2]:
        for cell in book[name][HEADINGS]:
            assert cell.value is None or cell.comment is not None, (name, cell.value)


def test_outliers_are_marked(book: Workbook) -> None:
    rules = [rule for span in book["成本比较"].conditional_formatting for rule in span.rules]
    assert any('"明显偏高"' in formula for rule in rules for formula in rule.formula)


def test_charts_are_the_workbooks_own(book: Workbook) -> None:
    assert len(book["封面"]._charts) >= 4  # curves, budgets, strictness and at least one cost


def test_the_cover_counts_and_warns(book: Workbook) -> None:
    said = [str(cell.value) for row in book["封面"].iter_rows() for cell in row if cell.value is not None]
    assert any("全部是虚构样例" in text for text in said)
    assert any("退回 1 个文件" in text for text in said)
    assert "2023年乡镇绩效目标对比表" in said[0] and not any(text.startswith("2022年") for text in said)


def test_rejected_files_come_with_advice(book: Workbook) -> None:
    rows = [[str(cell.value) for cell in row if cell.value] for row in book["报送情况"].iter_rows()]
    (row,) = (texts for texts in rows if "坏文件.docx" in texts)
    assert "重新导出" in row[2]
    assert any("SHA-256" in text for texts in rows for text in texts)


def test_an_empty_comparison_says_that_there_are_no_data(book: Workbook) -> None:
    assert "暂无数据" in book["审核结果建议"].cell(HEADINGS + 1, 1).value


def test_a_long_workbook_in_constant_memory_holds_the_same(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.publication.workbook.write.BIG", 0)
    big = values(write_books(path.parent / "county.duckdb", tmp_path / "big")[0])
    small = values(path)
    assert list(big) == list(small)
    assert big["指标值比较"] == small["指标值比较"] and len(big["成本比较"]) == len(small["成本比较"])


def values(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(path, data_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


@pytest.mark.needs_libreoffice
def test_libreoffice_opens_it(path: Path, tmp_path: Path) -> None:
    convert(path, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,4", tmp_path)
    (converted,) = tmp_path.glob("*.csv")
    text = converted.read_text(encoding="utf-8")
    assert "成本比较" in text and "明显偏高" in text
    assert "#NAME?" not in text and "Err:" not in text


def convert(path: Path, kind: str, folder: Path) -> None:
    """Convert a workbook with LibreOffice."""
    program = shutil.which("soffice") or shutil.which("libreoffice") or ""
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)


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
    added = {"整改状态", "处理意见", "比较组", "计入中位数（元）"}
    with open_warehouse(path.parent / "county.duckdb") as warehouse:
        for table in warehouse.marts():
            if table.title in book.sheetnames and table.name != "coverage":
                assert set(columns_of(book, table.title)) - added == {column.heading for column in table.columns}
