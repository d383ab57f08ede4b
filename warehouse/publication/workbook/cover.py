"""The workbook's first and last sheets: cover, rejected files, and the explanation of every column and source."""

from typing import Any

from warehouse.publication.marts.facts import SAMPLE_TAG, Facts, YearFacts, advice_for, year_name
from warehouse.publication.marts.filings import county_time
from warehouse.publication.marts.tables import Warehouse
from warehouse.publication.marts.views import sheet_columns
from warehouse.publication.workbook.formats import Formats
from warehouse.publication.workbook.sheets import HEAD_ROW, MAX_ROWS, Sheet, clip_text
from warehouse.publication.workbook.widths import line_count, row_height

COVER, REJECTED, SOURCES, HELP = "封面", "退回文件", "来源文件", "说明"
CHART_SHEET = "图表"
MEANING_WIDTH = 90

_COUNT_HEADS = (
    "年度",
    "乡镇",
    "报送文件",
    "项目",
    "预算合计（元）",
    "绩效指标",
    "成本明显偏高",
    "指标值偏松",
    "须改正的问题",
    "请核对的问题",
)
_FORMATS = {
    **{"docx": "DOCX", "pdf": "PDF", "doc": "DOC", "txt": "文本"},
    **{"xlsx": "XLSX", "xls": "XLS", "ofd": "OFD", "picture": "图片"},
}


def write_cover(book: Any, formats: Formats, facts: Facts) -> Any:
    """Write title, counts a year and caveats; give the sheet and the row where the contents go (see finish_cover)."""
    sheet = book.add_worksheet(COVER)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, len(_COUNT_HEADS) - 1, 13)
    sheet.set_column(4, 4, 18)
    sheet.set_row(0, 44)
    sheet.write_string(0, 0, f"{facts.county or ''}乡镇绩效目标对比表", formats.big)
    said = f"数据截至 {facts.published_on.isoformat()}" if facts.published_on else "尚无数据"
    sheet.write_string(1, 0, f"{said}　·　供财政局内部比较审核使用　·　每行都注明来源文件的页、表、行", formats.note)
    row = 3
    for caveat in facts.caveats:
        sheet.set_row(row, 18 * (1 + len(caveat) // 70))
        sheet.merge_range(row, 0, row, len(_COUNT_HEADS) - 1, "", formats.caveat)
        sheet.write_string(row, 0, f"注意：{caveat}", formats.caveat)
        row += 1
    row += 1
    for col, heading in enumerate(_COUNT_HEADS):
        sheet.write_string(row, col, heading, formats.head)
    for year in facts.years:
        row += 1
        _write_counts(sheet, formats, row, year)
    return sheet, row + 2


def finish_cover(
    sheet: Any, row: int, formats: Formats, sheets: list[Sheet], more: list[tuple[str, str, int | None]]
) -> None:
    """Write the contents, each with a link to its sheet; ``more``: sheet, what it holds, number of rows."""
    for col, heading in ((0, "目录"), (1, "行数"), (2, "内容")):
        sheet.write_string(row, col, heading, formats.head)
    sheet.merge_range(row, 2, row, len(_COUNT_HEADS) - 1, "内容", formats.head)
    listed = [(written.name, written.table.meaning, written.table.row_count) for written in sheets]
    for name, meaning, count in (*listed, *more):
        row += 1
        sheet.write_url(row, 0, f"internal:'{name}'!A1", formats.link, name)
        if count is None:
            sheet.write_blank(row, 1, None, formats.text)
        else:
            sheet.write_number(row, 1, count, formats.by_form["count"])
        said = (
            meaning if count is None or count <= MAX_ROWS else f"{meaning}（只列前 {MAX_ROWS} 行，全部见“数据”文件夹）"
        )
        sheet.merge_range(row, 2, row, len(_COUNT_HEADS) - 1, "", formats.text)
        sheet.write_string(row, 2, said, formats.text)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.activate()


def _write_counts(sheet: Any, formats: Formats, row: int, year: YearFacts) -> None:
    sheet.write_string(row, 0, year_name(year.year), formats.text)
    figures = (
        *(year.townships, year.filings, year.projects, year.budget_yuan, year.indicators),
        *(year.costs_high, year.targets_looser, year.errors, year.warnings),
    )
    for col, figure in enumerate(figures, 1):
        if figure is None:
            sheet.write_string(row, col, "—", formats.text)
        else:
            sheet.write_number(row, col, float(figure), formats.by_form["money" if col == 4 else "count"])


def write_rejected(book: Any, formats: Formats, facts: Facts) -> int:
    """Write the files that were not loaded, each with what was met and what to do; give how many."""
    sheet = book.add_worksheet(REJECTED)
    _start_list(
        sheet, formats, REJECTED, "这些文件没有读入，不在任何对比表中。", ("文件名", "情况", "怎么办", "退回时间")
    )
    widths = (44, 44, 60, 18)
    for position, file in enumerate(facts.rejected, HEAD_ROW + 1):
        texts = (file.file_name, clip_text(file.detail or file.reason), advice_for(file))
        sheet.set_row(position, row_height(max(map(line_count, texts, widths))))
        for col, text in enumerate(texts):
            sheet.write_string(position, col, text, formats.wrapped)
        if file.rejected_at is not None:
            local = county_time(file.rejected_at).replace(tzinfo=None)
            sheet.write_datetime(position, 3, local, formats.by_form["moment"])
    if not facts.rejected:
        sheet.write_string(HEAD_ROW + 1, 0, "没有被退回的文件。", formats.note)
    for col, width in enumerate(widths):
        sheet.set_column(col, col, width)
    return len(facts.rejected)


def write_sources(book: Any, formats: Formats, warehouse: Warehouse) -> int:
    """Write the filings that every comparison comes from; give how many."""
    heads = ("年度", "县区", "乡镇", "单位名称", "文件类别", "文件名", "格式", "收到时间", "性质", "SHA-256")
    sheet = book.add_worksheet(SOURCES)
    _start_list(sheet, formats, SOURCES, "各对比表只采用这些现行文件；被更正文件替换的文件不计。", heads)
    coverage = warehouse.mart("coverage")
    for position, filing in enumerate(warehouse.current_filings(), HEAD_ROW + 1):
        kind = warehouse.label(coverage, "doc_kind", filing.doc_kind) if coverage else filing.doc_kind or ""
        texts = (filing.county, filing.township, filing.unit_name, kind, filing.file_name, _FORMATS.get(filing.format))
        sheet.write_string(position, 0, year_name(filing.fiscal_year), formats.text)
        for col, text in enumerate(texts, 1):
            sheet.write_string(position, col, text or "", formats.text)
        if filing.received_at is not None:
            local = county_time(filing.received_at).replace(tzinfo=None)
            sheet.write_datetime(position, 7, local, formats.by_form["moment"])
        sheet.write_string(position, 8, SAMPLE_TAG if filing.invented else "报送文件", formats.text)
        sheet.write_string(position, 9, filing.filing_id, formats.text)
    for col, width in enumerate((9, 18, 14, 30, 12, 48, 8, 18, 11, 20)):
        sheet.set_column(col, col, width)
    return len(warehouse.current_filings())


def write_help(book: Any, formats: Formats, warehouse: Warehouse) -> int:
    """Write what every column of every comparison means, as the database says it; give how many columns."""
    sheet = book.add_worksheet(HELP)
    heads = ("表", "列", "含义", "列（英文，用于数据文件）", "位置")
    _start_list(sheet, formats, HELP, "各表各列的含义。金额单位为元；带（%）的列已是百分数，95 即 95%。", heads)
    row = HEAD_ROW
    for table in warehouse.marts():
        in_sight, folded = sheet_columns(table)
        for column in (*in_sight, *folded):
            row += 1
            place = "折叠" if column in folded else ""
            sheet.set_row(row, row_height(line_count(column.meaning, MEANING_WIDTH)))
            for col, text in enumerate((table.title, column.heading, column.meaning, column.name, place)):
                sheet.write_string(row, col, text, formats.wrapped if col == 2 else formats.text)
    for col, width in enumerate((16, 26, MEANING_WIDTH, 30, 8)):
        sheet.set_column(col, col, width)
    return row - HEAD_ROW


def _start_list(sheet: Any, formats: Formats, title: str, note: str, heads: tuple[str, ...]) -> None:
    sheet.hide_gridlines(2)
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, title, formats.title)
    sheet.write_string(1, 0, note, formats.note)
    for col, heading in enumerate(heads):
        sheet.write_string(HEAD_ROW, col, heading, formats.head)
    sheet.freeze_panes(HEAD_ROW + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_footer(f"&L{title}&C第 &P 页，共 &N 页")
