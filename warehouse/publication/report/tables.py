"""The report's tables: short ones written into the page, long ones made from the data when they are seen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from warehouse.publication.marts.tables import Mart, MartColumn, Row, Warehouse
from warehouse.publication.marts.values import is_numeric, shown_text, unit_columns
from warehouse.publication.marts.views import shown_columns, view_of
from warehouse.publication.marts.years import page_name
from warehouse.publication.report.cells import ReportCell, ReportHeading, ReportLine, ReportSource
from warehouse.publication.sources.links import SourceLinks

PAGE_LINKS = {"township": "township", "project_category": "category", "indicator": "indicator"}
"""Columns whose values have a page of their own in the report."""

RATIOS = ("ratio_to_median", "ratio_compared")
RATIO_SCALE = 2.0
"""A ratio to the median of 1 ± this fills its bar."""

LEAST_BAR = 0.05
"""Shorter bars are not drawn."""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table of the report; ``empty`` is said where it has no lines."""

    key: str
    title: str
    note: str
    headings: tuple[ReportHeading, ...]
    lines: tuple[ReportLine, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class RowsView:
    """A table that is made from the report's data when it is seen: the rows of ``data`` whose ``column`` fits.

    ``page`` is the anchor of the page whose rows these are, ``value`` the text itself where there is no such page; with
    neither, all rows. ``without`` names columns that say nothing here.
    """

    data: str
    title: str
    rows: int
    empty: str = ""
    column: str = ""
    page: str = ""
    value: str = ""
    without: str = ""


@dataclass(frozen=True)
class PageLinks:
    """The anchors of the report's pages by kind (township, category, indicator) and name."""

    anchors: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def href(self, kind: str, name: str | None) -> str | None:
        """Give the link to a page, None where there is none of that name."""
        anchor = self.anchors.get(kind, {}).get(name or "")
        return f"#{anchor}" if anchor else None

    def hrefs(self, kind: str) -> dict[str, str]:
        """Give all links of a kind, by name."""
        return {name: f"#{anchor}" for name, anchor in self.anchors.get(kind, {}).items()}


@dataclass(frozen=True)
class TableMaker:
    """Makes the report's tables of one year; ``samples`` are the townships of invented filings."""

    warehouse: Warehouse
    sources: SourceLinks
    links: PageLinks
    samples: frozenset[str]

    def make(
        self, table: Mart, rows: Iterable[Row], *, without: tuple[str, ...] = (), title: str = "", empty: str = ""
    ) -> ReportTable:
        """Make a table of a mart's rows with the columns that a reader needs, less those that say nothing here."""
        rows = list(rows)
        columns = [
            column
            for column in shown_columns(table, without=(*without, *unit_columns(table)))
            if column.name in ("outlier", "township") or _says_something(rows, table.positions[column.name])
        ]
        headings = tuple(ReportHeading(c.heading, c.meaning, c.name, is_numeric(c)) for c in columns)
        lines = tuple(self._line(table, row, columns) for row in rows)
        said = empty or "没有可列的内容。"
        return ReportTable(table.name, title or table.title, f"{table.meaning}。", headings, lines, said)

    def source(self, table: Mart, row: Row) -> ReportSource | None:
        """Give where a row stands, None for totals."""
        file_name = table.text(row, "file_name")
        if file_name is None:
            return None
        place, said = self.sources.places.of(table, row).text, self.sources.decided.of(table, row)
        href = self.sources.href_of(table, row)
        return ReportSource(f"{place}（{said}）" if said else place, file_name, href)

    def township_cell(self, name: str | None) -> ReportCell:
        """Give a township's name with the link to its page; invented ones are marked."""
        return ReportCell(name or "—", href=self.links.href("township", name), sample=name in self.samples)

    def _line(self, table: Mart, row: Row, columns: Sequence[MartColumn]) -> ReportLine:
        cells = tuple(self.cell(table, row, column) for column in columns)
        striking = any(cell.tone in ("bad", "warn") for cell in cells)
        return ReportLine(cells, self.source(table, row), striking)

    def cell(self, table: Mart, row: Row, column: MartColumn) -> ReportCell:
        """Give one value as the report shows it, with the link to its page."""
        value = table.value(row, column.name)
        if column.name == "township":
            return self.township_cell(table.text(row, "township"))
        text = shown_text(self.warehouse, table, row, column)
        href = None
        if column.name in PAGE_LINKS:
            href = self.links.href(PAGE_LINKS[column.name], page_name(table, row, column.name))
        bar = None
        if column.name in RATIOS and value is not None:
            bar = max(-1.0, min(1.0, (float(str(value)) - 1) / RATIO_SCALE))
            bar = bar if abs(bar) >= LEAST_BAR else None
        return ReportCell(text, view_of(table).tone(column.name, value), href, bar, numeric=is_numeric(column))


def _says_something(rows: Iterable[Row], position: int) -> bool:
    return any(row[position] is not None for row in rows)
