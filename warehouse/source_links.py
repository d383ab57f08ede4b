"""Finds the link from a published row to its cell on the source page of its filing."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from warehouse.published_tables import Row, Table

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
    """The source pages of a publication: by filing_id the page's name and the cells that it outlines."""

    names: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, CellTexts] = field(default_factory=dict)

    def href_of(self, table: Table, row: Row) -> str | None:
        """Give the link to a row's cell, relative to the publication's folder; None without a source page."""
        filing_id = table.text(row, "filing_id") or ""
        name = self.names.get(filing_id)
        if name is None:
            return None
        table_no, row_no, page = (table.whole(row, column) for column in ("table_no", "row_no", "page"))
        if not table_no or not row_no:
            return f"{FOLDER}/{name}" + (f"#p{page}" if page else "")
        column = _column_of(table, row, self.cells[filing_id].get((table_no, row_no), []))
        return f"{FOLDER}/{name}#t{table_no}r{row_no}" + (f"c{column}" if column else "")


def _column_of(table: Table, row: Row, cells: list[tuple[int, str]]) -> int | None:
    """Find the cell of its row that a published row was read from; None where no cell is surely the one."""
    plain = [(column, _plain(text)) for column, text in cells]
    for name in FIGURE_COLUMNS:
        value = table.value(row, name)
        if isinstance(value, Decimal):
            wanted = {value, value / 10000}
            if (column := next((c for c, text in plain if _number(text) in wanted), None)) is not None:
                return column
    for name in QUOTED_COLUMNS:
        quoted = _plain(table.text(row, name) or "")
        if not quoted:
            continue
        if (column := next((c for c, text in plain if text == quoted), None)) is not None:
            return column
        parts = [(len(text), -c) for c, text in plain if text in quoted and re.search(r"\d|..", text)]
        if parts:
            return -max(parts)[1]
    return None


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "").rstrip("%"))
    except InvalidOperation:
        return None
