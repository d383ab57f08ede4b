"""One sheet's visible cells: their texts as shown, merged ranges once, hidden rows and columns left out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.styles.borders import Border
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet.worksheet import Worksheet

from extractors.limits import Limits
from extractors.rejection import Reason, RejectedFile
from extractors.xlsx.shown import Value, plain_text, shown_text

_CHINESE_DATES = {
    14: "yyyy/m/d",
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
}
"""Built-in formats of Chinese Excel (ECMA-376, 18.8.30), which have no code in the file."""

_HIDDEN_FORMAT = ";;;"


class ShownCell(NamedTuple):
    """A visible cell: ``row`` and ``col`` (1-based) in the sheet of its first visible place, its span over visible ones."""

    row: int
    col: int
    text: str
    row_span: int
    col_span: int


@dataclass
class VisibleSheet:
    """What is visible of a sheet; ``rows`` and ``cols`` are the visible row and column numbers in order.

    ``ruled`` are the places with a border at their left or right; ``notes`` are codes of what was left out,
    ``unsure`` the places whose format is not understood.
    """

    rows: list[int]
    cols: list[int]
    cells: list[ShownCell] = field(default_factory=list)
    ruled: set[tuple[int, int]] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    unsure: list[tuple[int, int]] = field(default_factory=list)


def read_sheet(sheet: Worksheet, limits: Limits) -> VisibleSheet:
    """Read a sheet's cells; RejectedFile where it holds more than the limits allow."""
    held = [cell for cell in sheet._cells.values() if isinstance(cell, SheetCell) and cell.value is not None]
    spans = {(r.min_row, r.min_col): (r.max_row, r.max_col) for r in sheet.merged_cells.ranges}
    last_row = max([cell.row for cell in held] + [spans.get((c.row, c.column), (0, 0))[0] for c in held], default=0)
    last_col = max([cell.column for cell in held] + [spans.get((c.row, c.column), (0, 0))[1] for c in held], default=0)
    if last_col > limits.grid_columns:
        raise RejectedFile(Reason.TOO_LARGE, f"工作表列数超过 {limits.grid_columns} 列")
    if last_row > limits.sheet_rows:
        raise RejectedFile(Reason.TOO_LARGE, f"工作表行数超过 {limits.sheet_rows} 行")
    hidden_cols = set(_hidden_columns(sheet, last_col))
    rows = [row for row in range(1, last_row + 1) if not _is_hidden_row(sheet, row)]
    found = VisibleSheet(rows, [col for col in range(1, last_col + 1) if col not in hidden_cols])
    visible_rows, visible_cols = set(rows), set(found.cols)
    covered = {
        (row, col)
        for (first_row, first_col), (end_row, end_col) in spans.items()
        for row in range(first_row, min(end_row, last_row) + 1)
        for col in range(first_col, min(end_col, last_col) + 1)
        if (row, col) != (first_row, first_col)
    }
    for cell in sorted(held, key=lambda cell: (cell.row, cell.column)):
        if (cell.row, cell.column) in covered:
            continue
        end_row, end_col = spans.get((cell.row, cell.column), (cell.row, cell.column))
        shown_rows = [row for row in range(cell.row, end_row + 1) if row in visible_rows]
        shown_cols = [col for col in range(cell.column, end_col + 1) if col in visible_cols]
        text = _text_of(cell, found)
        if not text.strip():
            continue
        if not shown_rows or not shown_cols:
            found.notes.add("hidden_cells_dropped")
            continue
        found.cells.append(ShownCell(shown_rows[0], shown_cols[0], text, len(shown_rows), len(shown_cols)))
    found.ruled = {place for place, cell in sheet._cells.items() if _is_ruled(cell.border)}
    return found


def _hidden_columns(sheet: Worksheet, last: int) -> Iterator[int]:
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden or dimension.width == 0:
            yield from range(dimension.min or 1, min(dimension.max or dimension.min or 1, last) + 1)


def _is_hidden_row(sheet: Worksheet, row: int) -> bool:
    if row not in sheet.row_dimensions:
        return False
    dimension = sheet.row_dimensions[row]
    return bool(dimension.hidden) or dimension.height == 0


def _is_ruled(border: Border) -> bool:
    return any(side is not None and side.style not in (None, "none") for side in (border.left, border.right))


def _text_of(cell: SheetCell, found: VisibleSheet) -> str:
    """Give a cell's text as shown; struck-through text is out, as in other formats."""
    value = cell.value
    if isinstance(value, CellRichText):
        kept = [piece for piece in value if not (isinstance(piece, TextBlock) and piece.font and piece.font.strike)]
        if len(kept) < len(value):
            found.notes.add("struck_text_dropped")
        return _clean("".join(piece.text if isinstance(piece, TextBlock) else piece for piece in kept))
    if cell.font is not None and cell.font.strike:
        found.notes.add("struck_text_dropped")
        return ""
    code = _CHINESE_DATES.get(cell._style.numFmtId, cell.number_format)
    if cell._style.numFmtId in _CHINESE_DATES and isinstance(value, int | float) and not isinstance(value, bool):
        value = from_excel(value, cell.parent.parent.epoch)
    if code == _HIDDEN_FORMAT:
        found.notes.add("hidden_text_dropped")
        return ""
    text = shown_text(_plain(value), code)
    if text is None:
        found.unsure.append((cell.row, cell.column))
        return plain_text(_plain(value))
    return _clean(text)


def _plain(value: object) -> Value:
    return value if isinstance(value, Value) else str(value)


def _clean(text: str) -> str:
    return text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip("\n")
