"""Workbooks as their readers see them: what is visible, in its place, as shown."""

import re
import subprocess
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.image import Image
from openpyxl.styles import Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture

from extractors.doc.convert import find_libreoffice
from extractors.document import Document
from extractors.limits import DEFAULT_LIMITS, Limits
from extractors.reading import read_filing
from extractors.rejection import Reason, RejectedFile
from extractors.xlsx.read import read_xlsx

THIN = Side(style="thin")
HEAD = ["一级指标", "二级指标", "三级指标", "指标值"]
ROWS = [HEAD, ["产出指标", "数量指标", "培训期数", "≥24期"], ["效益指标", "社会效益指标", "知晓率", "≥90%"]]


def fill(sheet: Worksheet, rows: Sequence[Sequence[object]], row: int = 1, col: int = 1, ruled: bool = True) -> None:
    for r, texts in enumerate(rows, start=row):
        for c, text in enumerate(texts, start=col):
            cell = sheet.cell(r, c, text)
            if ruled:
                cell.border = Border(THIN, THIN, THIN, THIN)


def save(book: Workbook, tmp_path: Path) -> Document:
    book.save(tmp_path / "a.xlsx")
    return read_xlsx(tmp_path / "a.xlsx", sha256="", file_name="a.xlsx")


def sheet_of(book: Workbook) -> Worksheet:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return sheet


def test_titles_and_notes_are_paragraphs_around_the_table(tmp_path: Path) -> None:
    for ruled in (True, False):
        book = Workbook()
        sheet = sheet_of(book)
        sheet["A1"] = "某乡2024年项目绩效目标表"
        sheet.merge_cells("A1:D1")
        fill(sheet, ROWS, row=2, ruled=ruled)
        sheet["A6"] = "填表人：某某"
        document = save(book, tmp_path)
        assert [p.text for p in document.paragraphs()] == ["某乡2024年项目绩效目标表", "填表人：某某"]
        assert [grid.rows() for grid in document.grids()] == [ROWS]


def test_a_merged_range_is_one_cell(tmp_path: Path) -> None:
    book = Workbook()
    fill(sheet_of(book), [*ROWS, [None, "生态效益指标", "绿化率", "≥30%"]])
    sheet_of(book).merge_cells("A3:A4")
    (grid,) = save(book, tmp_path).grids()
    assert grid.cell_at(3, 0) is grid.cell_at(2, 0)
    assert grid.rows()[3][0] is None


def test_what_is_hidden_is_left_out_and_said(tmp_path: Path) -> None:
    book = Workbook()
    sheet = sheet_of(book)
    fill(sheet, [ROWS[0], ["产出指标", "质量指标", "旧指标", "99%"], *ROWS[1:]])
    fill(sheet, [["内部备注"], ["甲"]], col=5)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["E"].hidden = True
    draft = book.create_sheet("底稿")
    draft["A1"] = "草稿"
    draft.sheet_state = "hidden"
    document = save(book, tmp_path)
    assert [grid.rows() for grid in document.grids()] == [ROWS]
    assert [note.code for note in document.notes] == ["hidden_cells_dropped"]


def test_a_merged_cell_whose_first_row_is_hidden_is_still_shown(tmp_path: Path) -> None:
    book = Workbook()
    sheet = sheet_of(book)
    fill(sheet, [HEAD, ["产出指标", "数量指标", "旧", "1"], [None, "数量指标", "培训期数", "≥24期"]])
    sheet.merge_cells("A2:A3")
    sheet.row_dimensions[2].hidden = True
    (grid,) = save(book, tmp_path).grids()
    assert grid.rows()[1] == ["产出指标", "数量指标", "培训期数", "≥24期"]


def test_values_stand_as_they_are_shown(tmp_path: Path) -> None:
    book = Workbook()
    sheet = sheet_of(book)
    fill(sheet, [["名称", "值"], ["合格率", 0.95], ["期数", 24], ["完成", datetime(2024, 12, 31)], ["分数", 0.5]])
    for row, code in ((2, "0%"), (3, '"≥"0"期"'), (4, 'yyyy"年"m"月"d"日"'), (5, "# ?/?")):
        sheet.cell(row, 2).number_format = code
    document = save(book, tmp_path)
    (grid,) = document.grids()
    assert [row[1] for row in grid.rows()] == ["值", "95%", "≥24期", "2024年12月31日", "0.5"]
    assert [(n.code, n.row_no, n.col_no, n.detail) for n in document.notes] == [("format_not_understood", 5, 2, "0.5")]


def test_dates_in_the_formats_of_chinese_excel_are_no_numbers(tmp_path: Path) -> None:
    """Format 31 is yyyy年m月d日 there and has no code in the file."""
    book = Workbook()
    fill(sheet_of(book), [["名称", "值"], ["完成", 45657]])
    path = tmp_path / "a.xlsx"
    sheet_of(book)["B2"].number_format = "0.000000"
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    styles = re.sub(rb"<numFmts.*?</numFmts>", b"", parts["xl/styles.xml"])
    parts["xl/styles.xml"] = styles.replace(b'numFmtId="164"', b'numFmtId="31"')
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    (grid,) = read_xlsx(path, sha256="", file_name="a.xlsx").grids()
    assert grid.rows()[1] == ["完成", "2024年12月31日"]


def test_a_formula_gives_its_stored_value_or_a_note(tmp_path: Path) -> None:
    book = Workbook()
    fill(sheet_of(book), [["名称", "值"], ["预算", "=12+18"], ["名称", "甲"]])
    document = save(book, tmp_path)
    assert [(n.code, n.row_no, n.col_no) for n in document.notes] == [("formula_without_value", 2, 2)]
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"<f>12+18</f><v />", b"<f>12+18</f><v>30</v>")
    parts[sheet] = parts[sheet].replace(b"<f>12+18</f><v></v>", b"<f>12+18</f><v>30</v>")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    again = read_xlsx(path, sha256="", file_name="a.xlsx")
    assert next(again.grids()).rows()[1] == ["预算", "30"]
    assert again.notes == ()


def test_struck_text_is_out(tmp_path: Path) -> None:
    book = Workbook()
    sheet = sheet_of(book)
    fill(sheet, [["名称", "值"], ["甲", "≥95%"], ["乙", "旧"]])
    sheet["B2"] = CellRichText([TextBlock(InlineFont(strike=True), "≥90%"), "≥95%"])
    sheet["B3"].font = Font(strike=True)
    document = save(book, tmp_path)
    assert [row[1] for row in next(document.grids()).rows()] == ["值", "≥95%", ""]
    assert [note.code for note in document.notes] == ["struck_text_dropped"]


def test_two_forms_side_by_side_are_two_tables(tmp_path: Path) -> None:
    book = Workbook()
    fill(sheet_of(book), ROWS)
    fill(sheet_of(book), [HEAD, ["产出指标", "数量指标", "清运次数", "≥7次"]], col=6)
    grids = list(save(book, tmp_path).grids())
    assert [grid.rows()[1][2] for grid in grids] == ["培训期数", "清运次数"]
    assert [grid.table_no for grid in grids] == [1, 2]


def test_a_table_with_a_column_nobody_filled_stays_one(tmp_path: Path) -> None:
    book = Workbook()
    fill(sheet_of(book), [[*HEAD, "", "备注"], ["产出指标", "数量指标", "培训期数", "≥24期", "", "甲"]])
    assert len(list(save(book, tmp_path).grids())) == 1


def test_a_picture_in_the_place_of_a_value_is_said(tmp_path: Path) -> None:
    Picture.new("RGB", (40, 12), "red").save(tmp_path / "p.png")
    book = Workbook()
    sheet = sheet_of(book)
    fill(sheet, [HEAD, ["产出指标", "数量指标", "培训期数", ""], ROWS[2]])
    sheet.add_image(Image(tmp_path / "p.png"), "D2")
    document = save(book, tmp_path)
    assert [(n.code, n.table_no, n.row_no, n.col_no) for n in document.notes] == [("picture_cell", 1, 2, 4)]


def test_limits_and_damage_have_their_names(tmp_path: Path) -> None:
    book = Workbook()
    fill(sheet_of(book), ROWS)
    book.save(tmp_path / "a.xlsx")
    far = Workbook()
    sheet_of(far)["A900000"] = "远"
    far.save(tmp_path / "far.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, change in (("broken", b"<worksheet"), ("entity", b"<!DOCTYPE x><worksheet")):
        with zipfile.ZipFile(tmp_path / f"{name}.xlsx", "w") as archive:
            for part, data in parts.items():
                is_sheet = part == "xl/worksheets/sheet1.xml"
                archive.writestr(part, data.replace(b"<worksheet", change)[: len(data) // 2] if is_sheet else data)
    cases: list[tuple[str, Limits, Reason]] = [
        ("far", DEFAULT_LIMITS, Reason.TOO_LARGE),
        ("a", Limits(sheet_cells=5), Reason.TOO_LARGE),
        ("broken", DEFAULT_LIMITS, Reason.DAMAGED),
        ("entity", DEFAULT_LIMITS, Reason.DAMAGED),
    ]
    for name, limits, reason in cases:
        with pytest.raises(RejectedFile) as caught:
            read_filing(tmp_path / f"{name}.xlsx", limits)
        assert caught.value.reason is reason, name


def test_an_empty_workbook_is_an_empty_file(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(RejectedFile) as caught:
        read_filing(tmp_path / "a.xlsx")
    assert caught.value.reason is Reason.EMPTY_FILE


@pytest.mark.needs_libreoffice
@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_old_and_open_workbooks_are_read_through_libreoffice(tmp_path: Path, suffix: str) -> None:
    book = Workbook()
    fill(sheet_of(book), ROWS)
    sheet_of(book)["D3"] = 0.9
    sheet_of(book)["D3"].number_format = "0%"
    book.save(tmp_path / "a.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [find_libreoffice() or "", profile, "--headless", "--convert-to", suffix, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.xlsx")], check=True, capture_output=True)
    document = read_filing(tmp_path / f"a.{suffix}")
    assert document.format == "xls"
    assert next(document.grids()).rows()[2] == ["效益指标", "社会效益指标", "知晓率", "90%"]


def test_a_table_tells_the_sheet_that_it_stands_on(tmp_path: Path) -> None:
    book = Workbook()
    sheet_of(book).title = "石桥镇"
    fill(sheet_of(book), ROWS)
    fill(book.create_sheet("柳林镇"), ROWS)
    assert [grid.sheet for grid in save(book, tmp_path).grids()] == ["石桥镇", "柳林镇"]
