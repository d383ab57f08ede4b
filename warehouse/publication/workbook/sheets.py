"""One sheet a comparison: title, note, headings with their explanation, rows with the place in the filing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from typing import Any

from warehouse.publication.marts.facts import SAMPLE_TAG
from warehouse.publication.marts.filings import county_time
from warehouse.publication.marts.tables import Mart, MartColumn, Row, Warehouse
from warehouse.publication.marts.values import label_text
from warehouse.publication.marts.views import sheet_columns, view_of
from warehouse.publication.sources.links import SourceLinks
from warehouse.publication.workbook.formats import Formats
from warehouse.publication.workbook.widths import Widths, measure_columns, row_height

HEAD_ROW = 2
"""0-based: the title and a note stand above the headings."""

MAX_ROWS = 1_048_576 - HEAD_ROW - 1
"""How many rows of data a sheet of the format can hold."""

MAX_LINKS = 60_000
"""Excel drops links beyond 65,530 a sheet."""

MAX_TEXT = 32_700
"""Excel's limit for the text of a cell is 32,767 characters."""

A3, A4, A4_WIDTH = 8, 9, 230
"""Paper codes of the format; a sheet that is wider, in half-width characters, is printed on A3 to stay legible."""

MEASURED_ROWS = 400
NOWHERE = frozenset(("table_no", "row_no", "last_table_no", "last_row_no"))
"""Numbers that are 0 where a row stands outside all tables: shown as nothing."""


@dataclass(frozen=True)
class Sheet:
    """A sheet that was written: its name, its mart and how many rows of it stand in the sheet."""

    name: str
    table: Mart
    rows: int


def write_sheet(
    book: Any, formats: Formats, warehouse: Warehouse, table: Mart, sources: SourceLinks, sample_note: str
) -> Sheet:
    """Write one mart as a sheet: columns in sight first, the others folded away at the right."""
    sheet = book.add_worksheet(table.title[:31])
    in_sight, folded = sheet_columns(table)
    columns = (*in_sight, *folded)
    rows = warehouse.rows(table, view_of(table).order_by)
    measured = list(islice(rows, MEASURED_ROWS))
    work = _MartSheet(sheet, formats, warehouse, table)
    _write_heads(work, in_sight, folded, sample_note)
    widths = measure_columns(warehouse, table, columns, measured)
    _set_widths(sheet, widths, in_sight, folded)
    in_rows = _Columns(columns, frozenset(column.name for column in in_sight), widths)
    written = _write_rows(work, in_rows, chain(measured, rows), sources)
    if written == 0:
        sheet.write_string(HEAD_ROW + 1, 0, "暂无数据：现有报送文件中没有可列入本表的内容。", formats.note)
    last = HEAD_ROW + max(written, 1)
    sheet.autofilter(HEAD_ROW, 0, last, len(columns) - 1)
    _mark_outliers(work, columns, last)
    _set_page(sheet, table, in_sight, widths, last)
    return Sheet(sheet.get_name(), table, written)


@dataclass(frozen=True)
class _MartSheet:
    """A sheet that is being written: the sheet in its book, the formats, and the mart that it shows."""

    sheet: Any
    formats: Formats
    warehouse: Warehouse
    table: Mart


@dataclass(frozen=True)
class _Shown:
    """A value, the text that shows it (of texts only), and whether it needs more than one line."""

    value: object
    text: str
    wraps: bool


@dataclass(frozen=True)
class _Columns:
    """The columns of a sheet from left to right, the names of those in sight, and their widths."""

    columns: tuple[MartColumn, ...]
    in_sight: frozenset[str]
    widths: Widths


def _write_value(work: _MartSheet, place: tuple[int, int], column: MartColumn, shown: _Shown) -> None:
    """Write one value by its type; text is always a string, never a formula."""
    sheet, formats, value = work.sheet, work.formats, shown.value
    if value is None or (value == 0 and column.name in NOWHERE):
        sheet.write_blank(*place, None, formats.text)
    elif isinstance(value, bool):
        sheet.write_string(*place, "是" if value else "否", formats.text)
    elif isinstance(value, datetime):
        local = county_time(value).replace(tzinfo=None)
        sheet.write_datetime(*place, local, formats.by_form["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(*place, datetime(value.year, value.month, value.day), formats.by_form["date"])
    elif isinstance(value, str):
        sheet.write_string(*place, shown.text, formats.wrapped if shown.wraps else formats.text)
    else:
        sheet.write_number(*place, float(str(value)), formats.of(column, value))


def clip_text(text: str) -> str:
    """Give a text as a cell can hold it; what does not fit is named as left out."""
    return text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]}……（未完，全文见“数据”文件夹）"


def _write_heads(
    work: _MartSheet, in_sight: Iterable[MartColumn], folded: Iterable[MartColumn], sample_note: str
) -> None:
    sheet, formats, table = work.sheet, work.formats, work.table
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, table.title, formats.title)
    note = f"{table.grain}。鼠标移到列名上可看解释；右侧折叠的列点上方“+”展开。{sample_note}"
    sheet.write_string(1, 0, note, formats.note)
    sheet.set_row(HEAD_ROW, 34)
    heads = [*((column, formats.head) for column in in_sight), *((column, formats.folded_head) for column in folded)]
    for col, (column, style) in enumerate(heads):
        sheet.write_string(HEAD_ROW, col, column.heading, style)
        sheet.write_comment(HEAD_ROW, col, column.meaning, {"author": "jixiao", "x_scale": 1.6, "font_size": 9})


def _set_widths(sheet: Any, widths: Widths, in_sight: tuple[MartColumn, ...], folded: tuple[MartColumn, ...]) -> None:
    for col, column in enumerate((*in_sight, *folded)):
        options = {"level": 1, "hidden": True} if column in folded else {}
        sheet.set_column(col, col, widths.by_name[column.name], None, options)
    end = len(in_sight) + len(folded)
    sheet.set_column(end, end, None, None, {"collapsed": True})


def _write_rows(work: _MartSheet, within: _Columns, rows: Iterator[Row], sources: SourceLinks) -> int:
    sheet, table = work.sheet, work.table
    positions = [table.positions[column.name] for column in within.columns]
    written = 0
    for row in islice(rows, MAX_ROWS):
        written += 1
        at = HEAD_ROW + written
        texts = {
            column.name: clip_text(label_text(work.warehouse, table, row, column.name))
            for column, position in zip(within.columns, positions, strict=True)
            if isinstance(row[position], str)
        }
        lines = {name: within.widths.lines(name, text) for name, text in texts.items()}
        if (most := max((count for name, count in lines.items() if name in within.in_sight), default=1)) > 1:
            sheet.set_row(at, row_height(most))
        for col, (column, position) in enumerate(zip(within.columns, positions, strict=True)):
            value, text = row[position], texts.get(column.name, "")
            href = sources.jump_of(table, row) if column.name == "file_name" and written <= MAX_LINKS else None
            if href and text:
                sheet.write_url(at, col, f"external:{href}", work.formats.link, text)
            else:
                _write_value(work, (at, col), column, _Shown(value, text, lines.get(column.name, 1) > 1))
    return written


def _mark_outliers(work: _MartSheet, columns: tuple[MartColumn, ...], last: int) -> None:
    sheet, formats, warehouse, table = work.sheet, work.formats, work.warehouse, work.table
    places = {column.name: col for col, column in enumerate(columns)}
    for (name, code), tone in view_of(table).tones.items():
        if name not in places:
            continue
        flag = {"true": "是", "false": "否"}.get(code)
        text = flag if flag is not None else warehouse.label(table, name, code)
        rule = {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": formats.by_tone[tone]}
        if name == "outlier":  # what it was judged per may stand before it (村均明显偏高)
            rule = {"type": "text", "criteria": "ends with", "value": text, "format": formats.by_tone[tone]}
        sheet.conditional_format(HEAD_ROW + 1, places[name], last, places[name], rule)
    if "township" in places and any(filing.invented for filing in warehouse.current_filings()):
        _mark_samples(sheet, formats, places, last)
    if (group := view_of(table).group) in places:
        letter = _letter(places[group])
        rule = {
            "type": "formula",
            "criteria": f"=${letter}{HEAD_ROW + 2}<>${letter}{HEAD_ROW + 1}",
            "format": formats.divider,
        }
        sheet.conditional_format(HEAD_ROW + 1, 0, last, len(columns) - 1, rule)


def _mark_samples(sheet: Any, formats: Formats, places: dict[str, int], last: int) -> None:
    """Shade the township of rows that come from an invented sample (county or file name says so)."""
    letters = [_letter(places[name]) for name in ("county", "file_name") if name in places]
    tests = ",".join(f'ISNUMBER(SEARCH("{SAMPLE_TAG[:2]}",${letter}{HEAD_ROW + 2}))' for letter in letters)
    if tests:
        rule = {"type": "formula", "criteria": f"=OR({tests})", "format": formats.by_tone["muted"]}
        sheet.conditional_format(HEAD_ROW + 1, places["township"], last, places["township"], rule)


def _letter(col: int) -> str:
    head, tail = divmod(col, 26)
    return (_letter(head - 1) if head else "") + chr(ord("A") + tail)


def _frozen_columns(in_sight: tuple[MartColumn, ...]) -> int:
    names = [column.name for column in in_sight]
    return names.index("township") + 1 if "township" in names[:3] else 1


def _set_page(sheet: Any, table: Mart, in_sight: tuple[MartColumn, ...], widths: Widths, last: int) -> None:
    """Print what is in sight but the file names: on paper, township, page, table and row lead back to the filing."""
    printed = [column for column in in_sight if column.name != "file_name"]
    sheet.freeze_panes(HEAD_ROW + 1, _frozen_columns(in_sight))
    sheet.outline_settings(True, True, True, False)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4 if sum(widths.by_name[column.name] for column in printed) <= A4_WIDTH else A3)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.print_area(0, 0, last, len(printed) - 1)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_footer(f"&L{table.title}&C第 &P 页，共 &N 页")
