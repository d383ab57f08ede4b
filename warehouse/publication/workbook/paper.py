"""What all sheets share: the book they stand in, where the headings are, how a table is made, the one paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from warehouse.publication.marts.tables import Warehouse
from warehouse.publication.sources.links import SourceLinks
from warehouse.publication.workbook.formats import Formats

HEAD_ROW = 2
"""0-based: the title and a note stand above the headings."""

A4, A4_WIDTH = 9, 230
"""The one paper (code of the format), and how many half-width characters stay legible across it."""


@dataclass(frozen=True)
class BookParts:
    """What all sheets of a book share: the book, its formats, where figures lead to, and whether it has Excel tables."""

    book: Any
    formats: Formats
    warehouse: Warehouse
    sources: SourceLinks
    has_tables: bool
    sample_note: str = ""


def add_table(sheet: Any, name: str, last: int, heads: Sequence[tuple[str, Any]], first: int = HEAD_ROW) -> None:
    """Make rows an Excel table of this name, so that formulas can name its columns; headings keep their format."""
    columns = [{"header": heading, "header_format": style} for heading, style in heads]
    sheet.add_table(first, 0, last, len(heads) - 1, {"name": name, "style": None, "columns": columns})


def column_letter(col: int) -> str:
    """Give a column's letters: 0 → A."""
    head, tail = divmod(col, 26)
    return (column_letter(head - 1) if head else "") + chr(ord("A") + tail)


def set_paper(sheet: Any, title: str, *, counted: bool = True) -> None:
    """Print a sheet as all are: A4 across, as wide as the paper, pages counted (not where it is printed alone)."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{title}&C第 &P 页" + ("，共 &N 页" if counted else ""))
