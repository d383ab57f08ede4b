"""One sheet a comparison: title, note, headings with their explanation, rows with the place in the filing.

The rows are an Excel table named as the sheet. Medians and ratios are formulas where the sheet's rows give them; the
findings have two columns to be filled in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from warehouse.county.returned_workbook import NOTE_HEADING, STATE_HEADING
from warehouse.publication.marts.filings import county_time
from warehouse.publication.marts.tables import Mart, MartColumn, Row, Warehouse
from warehouse.publication.marts.values import label_text
from warehouse.publication.marts.views import sheet_columns
from warehouse.publication.sources.used_cells import figure_of
from warehouse.publication.workbook.formats import Formats
from warehouse.publication.workbook.marks import MarkedSheet, mark_rows
from warehouse.publication.workbook.paper import A4_WIDTH, HEAD_ROW, BookParts, add_table, column_letter, set_paper
from warehouse.publication.workbook.recounts import GROUP_HEADING, HEADINGS, RECOUNTS, FormulaPlace, Recounted, recount
from warehouse.publication.workbook.widths import line_count, measure_columns, row_height

MAX_ROWS = 1_048_576 - HEAD_ROW - 1
"""How many rows of data a sheet of the format can hold."""

MAX_LINKS = 60_000
"""Excel drops links beyond 65,530 a sheet."""

MAX_TEXT = 32_700
"""Excel's limit for the text of a cell is 32,767 characters."""

MEASURED_ROWS = 400
NOWHERE = frozenset(("table_no", "row_no", "last_table_no", "last_row_no"))
"""Numbers that are 0 where a row stands outside all tables: shown as nothing."""


ANSWERS = {
    STATE_HEADING: (
        "state",
        "请从下拉列表选：待改正、已答复、已解决、不再追究（须写处理意见）。存入 config 文件夹后由下次运行读回",
    ),
    NOTE_HEADING: ("state_reason", "处理意见或乡镇答复。存入 config 文件夹后由下次运行读回"),
}
"""The columns that the bureau fills in: heading → the column that was published, and what to write."""

ANSWER_WIDTHS = {STATE_HEADING: 12, NOTE_HEADING: 30}


@dataclass(frozen=True)
class Sheet:
    """A sheet that was written: its name, its mart and how many rows of it stand in the sheet."""

    name: str
    table: Mart
    rows: int
    is_table: bool


@dataclass(frozen=True)
class _Head:
    """One column of a sheet: of the mart, or (``column`` None) one that the workbook adds."""

    heading: str
    meaning: str
    width: int
    column: MartColumn | None = None
    folded: bool = False


def write_sheet(parts: BookParts, table: Mart, rows: Sequence[Row]) -> Sheet:
    """Write one mart's rows as a sheet: columns in sight first, the others folded away at the right."""
    sheet = parts.book.add_worksheet(table.title[:31])
    work = _MartSheet(sheet, parts, table, _heads_of(parts.warehouse, table, rows))
    shown = rows[:MAX_ROWS]
    recounted = recount(table, shown) if parts.has_tables else ()
    _write_heads(work)
    for position, row in enumerate(shown):
        _write_row(work, HEAD_ROW + 1 + position, row, recounted[position] if recounted else None, len(shown))
    if not shown:
        sheet.write_string(HEAD_ROW + 1, 0, "暂无数据：现有报送文件中没有可列入本表的内容。", parts.formats.note)
    last = HEAD_ROW + max(len(shown), 1)
    is_table = parts.has_tables and bool(shown)
    if is_table:
        add_table(sheet, table.title, last, [(head.heading, _head_format(parts.formats, head)) for head in work.heads])
    else:
        sheet.autofilter(HEAD_ROW, 0, last, len(work.heads) - 1)
    if shown and (state := work.places.get(STATE_HEADING)) is not None:
        labels = [
            parts.warehouse.label(table, "state", code) for code in ("new", "open", "answered", "settled", "waived")
        ]
        sheet.data_validation(HEAD_ROW + 1, state, last, state, {"validate": "list", "source": labels})
    mark_rows(parts, table, MarkedSheet(sheet, work.places, len(work.heads), last))
    _set_page(work, last)
    return Sheet(sheet.get_name(), table, len(shown), is_table)


def _heads_of(warehouse: Warehouse, table: Mart, rows: Sequence[Row]) -> tuple[_Head, ...]:
    in_sight, folded = sheet_columns(table)
    answers = {column: heading for heading, (column, _) in ANSWERS.items()} if "finding_key" in table.positions else {}
    in_sight = tuple(column for column in in_sight if column.name not in answers)
    folded = tuple(column for column in table.columns if column.name in answers) + tuple(
        column for column in folded if column.name not in answers
    )
    widths = measure_columns(warehouse, table, (*in_sight, *folded), list(islice(rows, MEASURED_ROWS))).by_name
    heads = [_Head(column.heading, column.meaning, widths[column.name], column) for column in in_sight]
    added = [_Head(heading, ANSWERS[heading][1], ANSWER_WIDTHS[heading]) for heading in answers.values()]
    # Beside what they answer, so that they stand on the printed page too.
    place = next((at for at, head in enumerate(heads, 1) if head.column and head.column.name == "message"), len(heads))
    heads[place:place] = added
    heads += [_Head(column.heading, column.meaning, widths[column.name], column, folded=True) for column in folded]
    if table.name in RECOUNTS:
        heads += [_Head(heading, meaning, 14, folded=True) for heading, meaning in HEADINGS.items()]
    return tuple(heads)


class _MartSheet:
    """A sheet that is being written: the sheet in its book, what all share, its mart, its columns."""

    def __init__(self, sheet: Any, parts: BookParts, table: Mart, heads: tuple[_Head, ...]) -> None:
        """Look up where each column stands: of the mart by its name, added ones by their heading."""
        self.sheet, self.parts, self.table, self.heads = sheet, parts, table, heads
        self.known: dict[tuple[str, int, str, str | None], _Shown] = {}
        self.places = {head.column.name if head.column else head.heading: at for at, head in enumerate(heads)}

    def formulas(self, rows: int) -> FormulaPlace:
        """Give what formulas of this sheet read."""
        letters = {name: column_letter(at) for name, at in self.places.items()}
        return FormulaPlace(letters, HEAD_ROW + 2, HEAD_ROW + 1 + rows)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A value, the text that shows it (of texts only), and the lines that it needs."""

    value: object
    text: str
    lines: int


NOTHING = _Shown(None, "", 1)


def _write_value(work: _MartSheet, place: tuple[int, int], column: MartColumn, shown: _Shown) -> None:
    """Write one value by its type; text is always a string, never a formula."""
    sheet, formats, value = work.sheet, work.parts.formats, shown.value
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
        sheet.write_string(*place, shown.text, formats.wrapped if shown.lines > 1 else formats.text)
    else:
        sheet.write_number(*place, float(str(value)), formats.of(column, value))


def clip_text(text: str) -> str:
    """Give a text as a cell can hold it; what does not fit is named as left out."""
    return text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]}……（未完，全文见“数据”文件夹）"


def _write_heads(work: _MartSheet) -> None:
    sheet, formats, table = work.sheet, work.parts.formats, work.table
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, table.title, formats.title)
    note = f"{table.grain}。鼠标移到列名上可看解释；右侧折叠的列点上方“+”展开。{work.parts.sample_note}"
    sheet.write_string(1, 0, note, formats.note)
    sheet.set_row(HEAD_ROW, 34)
    for col, head in enumerate(work.heads):
        sheet.write_string(HEAD_ROW, col, head.heading, _head_format(formats, head))
        sheet.write_comment(HEAD_ROW, col, head.meaning, {"author": "jixiao", "x_scale": 1.6, "font_size": 9})
        sheet.set_column(col, col, head.width, None, {"level": 1, "hidden": True} if head.folded else {})
    end = len(work.heads)
    sheet.set_column(end, end, None, None, {"collapsed": True})


def _head_format(formats: Formats, head: _Head) -> Any:
    if head.heading in ANSWERS and head.column is None:
        return formats.answer_head
    return formats.folded_head if head.folded else formats.head


def _show(work: _MartSheet, row: Row, head: _Head) -> _Shown:
    """Give what a cell shows; texts that come back in a column are measured once."""
    name = head.column.name if head.column else ANSWERS[head.heading][0] if head.heading in ANSWERS else ""
    value = work.table.value(row, name) if name else None
    if value is None:
        return NOTHING
    if not isinstance(value, str):
        return _Shown(value, "", 1)
    key = (name, head.width, value, work.table.text(row, "denominator") if name == "outlier" else None)
    known = work.known.get(key)
    if known is None:
        text = clip_text(label_text(work.parts.warehouse, work.table, row, name))
        lines = 1 if name == "file_name" or not text else line_count(text, head.width)
        known = work.known[key] = _Shown(value, text, lines)
    return known


def _write_row(work: _MartSheet, at: int, row: Row, recounted: Recounted | None, rows: int) -> None:
    formats, shown = work.parts.formats, [_show(work, row, head) for head in work.heads]
    if (most := max(one.lines for one, head in zip(shown, work.heads, strict=True) if not head.folded)) > 1:
        work.sheet.set_row(at, row_height(most))
    for col, (head, one) in enumerate(zip(work.heads, shown, strict=True)):
        if one is NOTHING and head.folded and head.column is not None:
            continue  # a quarter of a large book's cells, seen by nobody
        if head.column is not None:
            if not _write_formula(work, (at, col), head.column, row, recounted, rows):
                _write_linked(work, (at, col), head.column, row, one)
        elif head.heading in ANSWERS:
            work.sheet.write_string(at, col, one.text, formats.answer)
        elif recounted is not None:
            _write_number(work, (at, col), recounted.group if head.heading == GROUP_HEADING else recounted.value)
    _note_decision(work, at, row)


def _note_decision(work: _MartSheet, at: int, row: Row) -> None:
    """Note at a row's figure what a person decided about it; where the row shows no figure, at its first cell."""
    said = work.parts.sources.decided.of(work.table, row)
    if said:
        figure = figure_of(work.table, row)
        col = next((work.places[name] for name in (figure.shown if figure else ()) if name in work.places), 0)
        work.sheet.write_comment(at, col, said, {"author": "jixiao", "x_scale": 1.6, "font_size": 9})


def _write_number(work: _MartSheet, place: tuple[int, int], value: float | None) -> None:
    if value is not None:
        styles = work.parts.formats.by_form
        work.sheet.write_number(*place, value, styles["count"] if isinstance(value, int) else styles["money"])


def _write_formula(
    work: _MartSheet, place: tuple[int, int], column: MartColumn, row: Row, recounted: Recounted | None, rows: int
) -> bool:
    """Write a median or a ratio as its formula, with the published figure as its result; False where it is none."""
    how = RECOUNTS.get(work.table.name) if recounted is not None else None
    value = work.table.number(row, column.name) if how and column.name in (how.median, how.ratio) else None
    if how is None or recounted is None or value is None:
        return False
    style, formulas, (at, col) = (
        work.parts.formats.of(column, work.table.value(row, column.name)),
        work.formulas(rows),
        place,
    )
    if column.name == how.median and recounted.median:
        work.sheet.write_array_formula(at, col, at, col, formulas.median(at + 1), style, value)
        return True
    if column.name == how.ratio and recounted.ratio:
        work.sheet.write_formula(at, col, formulas.ratio(at + 1, how), style, value)
        return True
    return False


def _write_linked(work: _MartSheet, place: tuple[int, int], column: MartColumn, row: Row, shown: _Shown) -> None:
    """Write a value; a file's name leads to the cell in its source page."""
    href = None
    if column.name == "file_name" and place[0] - HEAD_ROW <= MAX_LINKS:
        href = work.parts.sources.jump_of(work.table, row)
    if href and shown.text:
        work.sheet.write_url(*place, f"external:{href}", work.parts.formats.link, shown.text)
    else:
        _write_value(work, place, column, shown)


def _set_page(work: _MartSheet, last: int) -> None:
    """Print, on the one paper, as many of the columns in sight as stay legible; file names are for the screen."""
    sheet = work.sheet
    printed, width = 0, 0
    for head in work.heads:
        if head.folded or (head.column and head.column.name == "file_name") or width + head.width > A4_WIDTH:
            break
        printed, width = printed + 1, width + head.width
    sheet.freeze_panes(HEAD_ROW + 1, work.places["township"] + 1 if work.places.get("township", 3) < 3 else 1)
    sheet.outline_settings(True, True, True, False)
    sheet.hide_gridlines(2)
    set_paper(sheet, work.table.title)
    sheet.print_area(0, 0, last, max(printed - 1, 0))
    sheet.repeat_rows(HEAD_ROW)
