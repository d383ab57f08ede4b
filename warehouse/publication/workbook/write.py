"""The bureau's workbook: cover, charts, one sheet a comparison, rejected files, sources, explanation of columns."""

from datetime import datetime
from pathlib import Path

from warehouse.publication.editions.changes import PublicationChanges
from warehouse.publication.marts.facts import SAMPLE_TAG, Facts
from warehouse.publication.marts.tables import Warehouse
from warehouse.publication.sources.links import SourceLinks
from warehouse.publication.workbook.changes import CHANGES, write_changes
from warehouse.publication.workbook.charts import DATA_SHEET, write_charts, write_figures
from warehouse.publication.workbook.cover import (
    CHART_SHEET,
    HELP,
    REJECTED,
    SOURCES,
    finish_cover,
    write_cover,
    write_help,
    write_rejected,
    write_sources,
)
from warehouse.publication.workbook.formats import make_formats
from warehouse.publication.workbook.sheets import write_sheet

BIG = 60_000
"""From so many rows on the workbook is written row by row, so that memory stays small."""

_NO_DATE = datetime(2000, 1, 1)


def write_workbook(
    warehouse: Warehouse,
    facts: Facts,
    sources: SourceLinks,
    path: Path,
    changes: PublicationChanges | None = None,
    previous: str | None = None,
) -> None:
    """Write the workbook; the same data, date and changes since the ``previous`` publication give the same bytes."""
    import xlsxwriter

    created = datetime.combine(facts.published_on, datetime.min.time()) if facts.published_on else _NO_DATE
    rows = sum(table.row_count for table in warehouse.marts())
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": rows > BIG}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": "乡镇绩效目标对比表", "author": "jixiao", "created": created})
        book.set_size(2400, 1400)
        formats = make_formats(book)
        cover, row = write_cover(book, formats, facts)
        year = facts.years[0].year if facts.years else None
        charts = write_charts(book, formats, warehouse, year)
        note = f"底纹乡镇为{SAMPLE_TAG}，不得作为工作依据。" if facts.invented else ""
        sheets = [write_sheet(book, formats, warehouse, table, sources, note) for table in warehouse.marts()]
        more: list[tuple[str, str, int | None]] = [
            (CHART_SHEET, f"{charts.charts} 幅图：支出进度、预算、指标值松紧、成本", None),
            (CHANGES, "与上一次发布相比的变化和引起变化的文件", write_changes(book, formats, changes, previous)),
            (REJECTED, "没有读入的文件、原因和处理办法", write_rejected(book, formats, facts)),
            (SOURCES, "各表所依据的现行文件", write_sources(book, formats, warehouse)),
            (HELP, "各表各列的含义", write_help(book, formats, warehouse)),
            (DATA_SHEET, "图表所用的数字", None),
        ]
        write_figures(book, formats, charts)
        finish_cover(cover, row, formats, sheets, more)
