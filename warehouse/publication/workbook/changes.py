"""The workbook's sheet of changes: which filings and which rows changed since the publication before, and why."""

from typing import Any

from warehouse.publication.editions.changes import PublicationChanges, RowChange
from warehouse.publication.editions.filings import FilingChange
from warehouse.publication.editions.tables import PublishedTable
from warehouse.publication.editions.words import (
    ROW_KINDS,
    describe_causes,
    describe_filing,
    describe_place,
    describe_row,
    show_value,
)
from warehouse.publication.workbook.formats import Formats
from warehouse.publication.workbook.paper import HEAD_ROW, set_paper
from warehouse.publication.workbook.sheets import MAX_ROWS, clip_text
from warehouse.publication.workbook.widths import line_count, row_height

CHANGES = "变化"
_HEADS = ("表", "变化", "年度", "乡镇", "哪一行", "列", "原来", "现在", "性质", "由哪份文件引起", "来源位置")
_WIDTHS = (14, 8, 8, 12, 34, 18, 24, 24, 12, 36, 30)


def write_changes(
    book: Any, formats: Formats, changes: PublicationChanges | None, previous: str | None, year: int | None
) -> int:
    """Write one line per value of a year that changed; give how many. Without ``changes`` nothing is compared with."""
    sheet = book.add_worksheet(CHANGES)
    _start(sheet, formats, changes, previous)
    if changes is None:
        return 0
    at, last = HEAD_ROW, HEAD_ROW + MAX_ROWS
    for filing in (one for one in changes.filings.changes if one.fiscal_year == year):
        at += 1
        _write_line(sheet, formats, at, _filing_line(filing))
    lines = (
        line
        for table in changes.tables
        for row in sorted(table.rows, key=lambda row: not row.is_own)
        if row.record.get("fiscal_year", year) == year
        for line in _row_lines(table.table, row)
    )
    for line in lines:
        if at == last:
            break
        at += 1
        _write_line(sheet, formats, at, line)
    if at == HEAD_ROW:
        sheet.write_string(HEAD_ROW + 1, 0, "与上一次发布相比没有变化。", formats.note)
    sheet.autofilter(HEAD_ROW, 0, max(at, HEAD_ROW + 1), len(_HEADS) - 1)
    return at - HEAD_ROW


def _start(sheet: Any, formats: Formats, changes: PublicationChanges | None, previous: str | None) -> None:
    sheet.hide_gridlines(2)
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, CHANGES, formats.title)
    if changes is not None:
        note = f"与上一次发布（{previous}）相比，逐行逐列列出，本行数值有变的在前；“比较数值”是因同组其他行变化而变的中位数、名次等。"
    elif previous is None:
        note = "这是第一次发布，没有可以比较的上一次发布。"
    else:
        note = f"上一次发布（{previous}）的数据文件已不在，无法比较。"
    sheet.write_string(1, 0, note, formats.note)
    for col, (heading, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True)):
        sheet.write_string(HEAD_ROW, col, heading, formats.head)
        sheet.set_column(col, col, width)
    sheet.freeze_panes(HEAD_ROW + 1, 0)
    set_paper(sheet, CHANGES)
    sheet.repeat_rows(HEAD_ROW)


def _filing_line(filing: FilingChange) -> tuple[str, ...]:
    year = "" if filing.fiscal_year is None else str(filing.fiscal_year)
    return ("报送文件", "", year, filing.township or "", describe_filing(filing), "", "", "", "", filing.file_name, "")


def _row_lines(table: PublishedTable, row: RowChange) -> list[tuple[str, ...]]:
    year, township = row.record.get("fiscal_year"), row.record.get("township")
    head = (table.title, ROW_KINDS[row.kind], "" if year is None else str(year), str(township or ""))
    named, causes, place = describe_row(table, row), describe_causes(row), describe_place(row.record)
    if not row.figures:
        return [(*head, named, "", "", "", "", causes, place)]
    return [
        (
            *(*head, named, figure.heading),
            *(show_value(table, figure.column, value) for value in (figure.before, figure.after)),
            *("本行数值" if figure.own else "比较数值", causes, place),
        )
        for figure in row.figures
    ]


def _write_line(sheet: Any, formats: Formats, at: int, texts: tuple[str, ...]) -> None:
    """Write one line, its row as high as its longest text needs."""
    lines = [line_count(text, width) for text, width in zip(texts, _WIDTHS, strict=True)]
    sheet.set_row(at, row_height(max(lines)))
    for col, (text, count) in enumerate(zip(texts, lines, strict=True)):
        sheet.write_string(at, col, clip_text(text), formats.wrapped if count > 1 else formats.text)
