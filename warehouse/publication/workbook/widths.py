"""How wide the columns and how high the rows of a sheet must be, so that no figure is ``####`` and no text is cut."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from warehouse.publication.marts.tables import Mart, MartColumn, Row, Warehouse

LINE_HEIGHT, MOST_LINES = 15, 12
"""Points a line of text takes, and how many lines a row shows at most (the whole text is in the cell)."""

LEAST, MOST = 7, 44
MOST_OF = {"file_name": 36, "message": 62, "project_name": 26, "indicator_raw": 26, "rule_title": 22, "township": 20}
"""Half-width characters of the narrowest and the widest column; of some the widest: what says most gets most room on
paper, file names stand last and may run on."""

MARGIN = 3
"""Half-width characters that a cell's own margins and indent take."""


def display_width(text: str) -> int:
    """Give how wide a text is, in half-width characters (a Chinese character is two); the widest of its lines."""
    return max((_line_width(line) for line in text.split("\n")), default=0)


def line_count(text: str, width: int) -> int:
    """Give how many lines a text takes in a column of so many half-width characters."""
    room = max(width - MARGIN, 1)
    if 2 * len(text) <= room and "\n" not in text:  # as nearly all texts
        return 1
    return sum(max(-(-_line_width(line) // room), 1) for line in text.split("\n"))


def row_height(lines: int) -> int:
    """Give the height in points of a row of so many lines.

    Written for every row of several lines: LibreOffice does not fit rows by itself, and their texts would overlap.
    """
    return LINE_HEIGHT * min(max(lines, 1), MOST_LINES)


@dataclass(frozen=True)
class Widths:
    """The widths of a sheet's columns, in half-width characters, by column name."""

    by_name: Mapping[str, int]

    def lines(self, name: str, text: str) -> int:
        """Give how many lines a text takes in its column; file names run on in one."""
        return 1 if name == "file_name" else line_count(text, self.by_name[name])


def measure_columns(warehouse: Warehouse, table: Mart, columns: Sequence[MartColumn], sample: Sequence[Row]) -> Widths:
    """Measure columns: texts by the first rows (longer ones wrap), figures by the largest of all rows."""
    extremes = _read_extremes(warehouse, table, [column for column in columns if _is_figure(column)])
    widths = {}
    for column in columns:
        position = table.positions[column.name]
        shown = [_shown(warehouse, table, column, row[position]) for row in sample]
        shown += [shown_figure(column, value) for value in extremes.get(column.name, ())]
        widest = max((display_width(text) for text in shown), default=0)
        most = MOST_OF.get(column.name, MOST)
        widths[column.name] = min(max(widest + MARGIN, _heading_width(column.heading), LEAST), most)
    return Widths(widths)


def shown_figure(column: MartColumn, value: object) -> str:
    """Give a value about as the workbook shows it, to measure its width."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是"
    if isinstance(value, datetime):
        return "2023-12-31 23:59"
    if isinstance(value, date):
        return "2023-12-31"
    if column.form == "number" and isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return f"{value:,.0f}" if whole else f"{value.quantize(Decimal('0.000001')):,f}".rstrip("0")
    if column.form == "label_number":
        return str(value)
    if isinstance(value, (Decimal, float)):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _shown(warehouse: Warehouse, table: Mart, column: MartColumn, value: object) -> str:
    return warehouse.label(table, column.name, value) if isinstance(value, str) else shown_figure(column, value)


def _is_figure(column: MartColumn) -> bool:
    return column.form in ("count", "money", "percent", "ratio", "number", "label_number")


def _read_extremes(
    warehouse: Warehouse, table: Mart, columns: Sequence[MartColumn]
) -> dict[str, tuple[object, object, object]]:
    """Read each figure's smallest and largest value, and the largest that has decimals (it is written longer)."""
    if not columns:
        return {}
    terms = ", ".join(
        f'min("{c.name}"), max("{c.name}"), max("{c.name}") filter ("{c.name}" <> trunc("{c.name}"))' for c in columns
    )
    found = warehouse.connection.execute(f'select {terms} from "{table.schema}"."{table.name}"').fetchone() or ()
    return {column.name: (found[3 * n], found[3 * n + 1], found[3 * n + 2]) for n, column in enumerate(columns)}


def _heading_width(heading: str) -> int:
    """Give the width for a heading in one line, or in two where it is long, with room for the filter's button."""
    width = display_width(heading)
    return width + 3 if width <= 12 else (width + 1) // 2 + 5


def _line_width(line: str) -> int:
    return len(line.encode("gb18030", "replace"))
