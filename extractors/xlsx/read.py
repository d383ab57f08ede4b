"""Reads workbooks (XLSX, XLSM): each visible sheet's tables and titles, as a reader of the sheet sees them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.worksheet.worksheet import Worksheet

from extractors.document import Document, Grid, Paragraph, ReadNote
from extractors.limits import DEFAULT_LIMITS, Limits
from extractors.rejection import Reason, RejectedFile
from extractors.xlsx.cells import VisibleSheet, read_sheet
from extractors.xlsx.regions import Place, find_blocks
from extractors.xlsx.workbook import open_workbook

_MESSAGES = {
    "hidden_cells_dropped": "工作簿中有隐藏的行、列或工作表，其中的内容未读取。",
    "hidden_text_dropped": "有的单元格以隐藏格式显示为空，其内容未读取。",
    "struck_text_dropped": "文中有加删除线的文字，已按删除处理，未读取。",
    "embedded_part_not_read": "工作表上有图形或文本框中的文字，该部分未读取。",
}
_CELL_MESSAGES = {
    "picture_cell": "单元格的内容是图片，没有可读取的文字",
    "formula_without_value": "单元格是公式，但文件没有存计算结果，读不出数值",
    "format_not_understood": "单元格的数字格式读不懂，按原值读取，可能与显示的不同",
}


def read_xlsx(
    path: Path, *, sha256: str, file_name: str, format: str = "xlsx", limits: Limits = DEFAULT_LIMITS
) -> Document:
    """Read a workbook; RejectedFile where it is damaged, breaks a limit or holds nothing that is visible.

    ``format`` is what the document reports: a file that was converted from another format says that one's name.
    """
    workbook, unknown, has_shapes = open_workbook(path, limits)
    notes: dict[str, ReadNote] = {}
    cell_notes: list[ReadNote] = []
    blocks: list[Paragraph | Grid] = []
    tables = 0

    def say(code: str) -> None:
        notes.setdefault(code, ReadNote(code, _MESSAGES[code]))

    if has_shapes:
        say("embedded_part_not_read")
    for worksheet in workbook.worksheets:
        if worksheet.sheet_state != "visible":
            if any(cell.value is not None for cell in worksheet._cells.values()):
                say("hidden_cells_dropped")
            continue
        sheet = read_sheet(worksheet, limits)
        for code in sorted(sheet.notes):
            say(code)
        marks = dict(_marks(worksheet, sheet, unknown))
        for block in find_blocks(sheet, tables + 1):
            if isinstance(block, Paragraph):
                blocks.append(block)
                continue
            grid, places = replace(block[0], sheet=worksheet.title), block[1]
            tables = grid.table_no
            blocks.append(grid)
            cell_notes += _cell_notes(grid, places, marks)
    workbook.close()
    if not blocks and any(worksheet._images for worksheet in workbook.worksheets):
        raise RejectedFile(Reason.IMAGE_ONLY, "工作簿里只有图片，没有文字")
    return Document(file_name, format, sha256, tuple(blocks), notes=(*notes.values(), *cell_notes))


def _marks(worksheet: Worksheet, sheet: VisibleSheet, unknown: dict[str, list[str]]) -> Iterator[tuple[Place, str]]:
    """Yield the places of a sheet (row and column from 1) that something is to be said of, with the code."""
    yield from ((place, "format_not_understood") for place in sheet.unsure)
    for name in unknown.get(worksheet.title, ()):
        letters, row = coordinate_from_string(name)
        yield (row, column_index_from_string(letters)), "formula_without_value"
    for image in worksheet._images:
        anchor = getattr(image.anchor, "_from", None)
        if anchor is not None:
            yield (anchor.row + 1, anchor.col + 1), "picture_cell"


def _cell_notes(grid: Grid, places: dict[Place, Place], marks: dict[Place, str]) -> Iterator[ReadNote]:
    for place, code in marks.items():
        if place not in places:
            continue
        row, col = places[place]
        cell = grid.cell_at(row, col)
        if cell is None or (code == "picture_cell" and cell.text.strip()):
            continue
        where = (None, grid.table_no, cell.row + 1, cell.col + 1)
        yield ReadNote(code, _CELL_MESSAGES[code], *where, cell.text or None)
