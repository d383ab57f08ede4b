"""The sheet of what was filed: who filed when and how completely, the files it is all made from, and those rejected."""

from collections.abc import Sequence
from typing import Any

from warehouse.publication.marts.facts import SAMPLE_TAG, Facts, advice_for
from warehouse.publication.marts.filings import county_time
from warehouse.publication.marts.tables import Row
from warehouse.publication.workbook.paper import BookParts
from warehouse.publication.workbook.sheets import Sheet, clip_text, write_sheet
from warehouse.publication.workbook.widths import line_count, row_height

REJECTED, SOURCES = "退回文件", "来源文件"
_FORMATS = {
    **{"docx": "DOCX", "pdf": "PDF", "doc": "DOC", "txt": "文本"},
    **{"xlsx": "XLSX", "xls": "XLS", "ofd": "OFD", "html": "网页", "picture": "图片"},
}
LAST_PRINTED = 15
"""The last column in sight, from 0, that all three lists are printed with."""

GAP = 3
"""Empty rows between the lists of one sheet."""

WIDE = 40
"""About as many half-width characters stand in the columns that a file's name and its reason are merged over."""


def write_filed(parts: BookParts, facts: Facts, year: int | None, rows: Sequence[Row]) -> Sheet | None:
    """Write the mart of coverage, below it the current files of the year and all rejected ones; None without the mart."""
    table = parts.warehouse.mart("coverage")
    if table is None:
        return None
    written = write_sheet(parts, table, rows)
    sheet = parts.book.get_worksheet_by_name(written.name)
    at = 3 + max(len(rows), 1) + GAP
    at = _write_sources(parts, sheet, at, year) + GAP
    at = _write_rejected(parts, sheet, at, facts)
    sheet.print_area(0, 0, at, LAST_PRINTED)
    return written


def _write_sources(parts: BookParts, sheet: Any, at: int, year: int | None) -> int:
    formats, coverage = parts.formats, parts.warehouse.mart("coverage")
    _start(parts, sheet, at, SOURCES, "各对比表只采用这些现行文件；被更正文件替换的文件不计。")
    heads = ("乡镇", "文件类别", "格式", "收到时间", "性质", "文件名")
    for col, heading in enumerate(heads, 1):
        sheet.write_string(at + 2, col, heading, formats.head)
    at += 2
    for filing in parts.warehouse.current_filings(year):
        at += 1
        kind = parts.warehouse.label(coverage, "doc_kind", filing.doc_kind) if coverage else filing.doc_kind or ""
        for col, text in enumerate((filing.township, kind, _FORMATS.get(filing.format)), 1):
            sheet.write_string(at, col, text or "", formats.text)
        if filing.received_at is not None:
            sheet.write_datetime(at, 4, county_time(filing.received_at).replace(tzinfo=None), formats.by_form["moment"])
        sheet.write_string(at, 5, SAMPLE_TAG if filing.invented else "报送文件", formats.text)
        sheet.write_string(at, 6, f"{filing.file_name}　（SHA-256 {filing.filing_id[:16]}…）", formats.text)
    return at


def _write_rejected(parts: BookParts, sheet: Any, at: int, facts: Facts) -> int:
    formats = parts.formats
    _start(
        parts,
        sheet,
        at,
        REJECTED,
        "这些文件没有读入，不在任何对比表中（不分年度）。" if facts.rejected else "没有被退回的文件。",
    )
    if not facts.rejected:
        return at + 1
    at += 2
    for first, last, heading in ((1, 4, "文件名"), (5, 8, "情况"), (9, 13, "怎么办")):
        sheet.merge_range(at, first, at, last, heading, formats.head)
    for file in facts.rejected:
        at += 1
        texts = (file.file_name, clip_text(file.detail or file.reason), advice_for(file))
        sheet.set_row(at, row_height(max(line_count(text, WIDE) for text in texts)))
        for (first, last), text in zip(((1, 4), (5, 8), (9, 13)), texts, strict=True):
            sheet.merge_range(at, first, at, last, "", formats.wrapped)
            sheet.write_string(at, first, text, formats.wrapped)
    return at


def _start(parts: BookParts, sheet: Any, at: int, title: str, note: str) -> None:
    sheet.set_row(at, 22)
    sheet.write_string(at, 1, title, parts.formats.title)
    sheet.write_string(at + 1, 1, note, parts.formats.note)
