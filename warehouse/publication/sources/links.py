"""Finds the link from a published row to its cell on the source page of its filing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from warehouse.publication.marts.places import Places, Whereabouts, plain
from warehouse.publication.marts.tables import Mart, Row
from warehouse.publication.sources.decided import DecidedValues
from warehouse.publication.sources.used_cells import CellPlace, UsedCells, choose_cell

FOLDER = "出处"
"""The folder of source pages beside the workbook and the report."""

QUOTED_COLUMNS = ("target_raw", "actual_raw", "this_raw", "evidence", "indicator_raw", "project_name")
"""Columns that quote a cell, the most telling first."""

FIGURE_COLUMNS = ("cumulative_pct", "total_yuan")
"""Columns whose figure stands in a cell, in its own unit or in 万元."""

CellTexts = Mapping[tuple[int, int], list[tuple[int, str]]]
"""(table_no, row_no) → the row's cells: 1-based column and text."""


@dataclass(frozen=True)
class SourceLinks:
    """The source pages of a publication: by filing_id the page's name and the cells that it outlines.

    ``used`` knows the cells that figures were read from, ``places`` where rows stand that name no cell, ``decided`` what
    people decided about them.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, CellTexts] = field(default_factory=dict)
    places: Places = field(default_factory=Places)
    used: UsedCells = field(default_factory=UsedCells)
    decided: DecidedValues = field(default_factory=DecidedValues)

    def href_of(self, table: Mart, row: Row) -> str | None:
        """Give the link to a row's cell, relative to the publication's folder; None without a source page."""
        name, place = self.names.get(table.text(row, "filing_id") or ""), self.places.of(table, row)
        if name is None:
            return None
        anchor = self._anchor(table, row, place)
        return f"{FOLDER}/{name}" + (f"#{anchor}" if anchor else "")

    def jump_of(self, table: Mart, row: Row) -> str | None:
        """Give the same link for programs that lose what is behind #: by way of a page that leads to the table."""
        name, place = self.names.get(table.text(row, "filing_id") or ""), self.places.of(table, row)
        if name is None or not place.table_no:
            return self.href_of(table, row)
        jump = f"{FOLDER}/{name.removesuffix('.html')}/{jump_name(place.table_no, place.page)}"
        return f"{jump}#{self._anchor(table, row, place)}"

    def place_of(self, table: Mart, row: Row) -> tuple[int, int, int | None] | None:
        """Give the table, row and column (from 1; no column: the row as a whole) that a row's link leads to."""
        if (table.text(row, "filing_id") or "") not in self.names:
            return None
        found = re.fullmatch(r"t(\d+)r(\d+)(?:c(\d+))?", self._anchor(table, row, self.places.of(table, row)))
        return (int(found[1]), int(found[2]), int(found[3]) if found[3] else None) if found else None

    def _cell_of(self, table: Mart, row: Row) -> CellPlace | None:
        """Give the cell that a row's figure was read from; None where the filing was stored before cells were kept."""
        texts = self.cells.get(table.text(row, "filing_id") or "", {})
        cells = [
            (place, dict(texts.get((place.table_no, place.row_no), [])).get(place.col_no, ""))
            for place in self.used.of(table, row)
        ]
        return choose_cell(table, row, cells)

    def _anchor(self, table: Mart, row: Row, place: Whereabouts) -> str:
        if (cell := self._cell_of(table, row)) is not None:
            return f"t{cell.table_no}r{cell.row_no}c{cell.col_no}"
        if not place.table_no:
            return f"p{place.page}" if place.page else f"b{place.row_no}" if place.row_no else ""
        if not place.row_no:
            return f"t{place.table_no}r1"
        cells = self.cells[table.text(row, "filing_id") or ""].get((place.table_no, place.row_no), [])
        column = _column_of(table, row, cells)
        return f"t{place.table_no}r{place.row_no}" + (f"c{column}" if column else "")


def jump_name(table_no: int, page: int | None) -> str:
    """Give the file name of the page that leads on to a table, on one of its pages where the filing has pages."""
    return f"t{table_no}p{page}.html" if page else f"t{table_no}.html"


def _column_of(table: Mart, row: Row, cells: list[tuple[int, str]]) -> int | None:
    """Find the cell of its row that a finding quotes; None where no cell is surely the one."""
    texts = [(column, plain(text)) for column, text in cells]
    for name in FIGURE_COLUMNS:
        value = table.value(row, name)
        if isinstance(value, Decimal):
            wanted = {value, value / 10000}
            if (column := next((c for c, text in texts if _number(text) in wanted), None)) is not None:
                return column
    for name in QUOTED_COLUMNS:
        quoted = plain(table.text(row, name) or "")
        if not quoted:
            continue
        if (column := next((c for c, text in texts if text == quoted), None)) is not None:
            return column
        parts = [(len(text), -c) for c, text in texts if text in quoted and re.search(r"\d|..", text)]
        if parts:
            return -max(parts)[1]
    return None


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "").rstrip("%"))
    except InvalidOperation:
        return None
