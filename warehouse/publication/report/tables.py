"""The report's tables: what a template needs to write a mart's rows, with links to pages and to the source cells."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from warehouse.publication.marts.tables import Mart, MartColumn, Row, Warehouse
from warehouse.publication.marts.values import format_value, is_numeric, shown_text, unit_columns
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
    made: dict[tuple[str, int, str], ReportCell] = field(default_factory=dict)
    """Cells by mart, row and column: a row stands on several pages, and is written once."""

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
        return ReportSource(self.sources.places.of(table, row).text, file_name, self.sources.href_of(table, row))

    def township_cell(self, name: str | None) -> ReportCell:
        """Give a township's name with the link to its page; invented ones are marked."""
        return ReportCell(name or "—", href=self.links.href("township", name), sample=name in self.samples)

    def _line(self, table: Mart, row: Row, columns: Sequence[MartColumn]) -> ReportLine:
        cells = tuple(self._made(table, row, column) for column in columns)
        striking = any(cell.tone in ("bad", "warn") for cell in cells)
        return ReportLine(cells, self.source(table, row), striking)

    def _made(self, table: Mart, row: Row, column: MartColumn) -> ReportCell:
        key = (table.name, id(row), column.name)
        if key not in self.made:
            self.made[key] = self._cell(table, row, column)
        return self.made[key]

    def _cell(self, table: Mart, row: Row, column: MartColumn) -> ReportCell:
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


def schedule_table(
    maker: TableMaker, table: Mart, rows: Iterable[Row], *, township: bool = True, title: str = ""
) -> ReportTable:
    """Make one line a spending plan, with a column for each month: the mart has a row for each."""
    plans: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    months: set[int] = set()
    for row in rows:
        keys = ("scope", "township", "filing_id", "project_no")
        plans[tuple(table.value(row, key) for key in keys)].append(row)
        months.add(table.whole(row, "month") or 0)
    percent = table.column("cumulative_pct")
    tail = [table.column(n) for n in ("budget_yuan", "loading_points", "pace", "same_plan_townships")]
    headings = [
        *([ReportHeading("乡镇", "", "township")] if township else []),
        ReportHeading(table.column("project_name").heading, table.column("project_name").meaning, "project_name"),
        *(
            ReportHeading(f"{month}月底（%）", percent.meaning, f"month_{month}", numeric=True)
            for month in sorted(months)
        ),
        *(ReportHeading(column.heading, column.meaning, column.name, is_numeric(column)) for column in tail),
    ]
    lines: list[ReportLine] = []
    for found in plans.values():
        first, last = found[0], found[-1]
        by_month = {table.whole(row, "month"): table.value(row, "cumulative_pct") for row in found}
        cells = [maker.township_cell(table.text(first, "township"))] if township else []
        cells.append(
            ReportCell(
                table.text(first, "project_name") or maker.warehouse.label(table, "scope", table.value(first, "scope"))
            )
        )
        cells += [ReportCell(format_value(percent, by_month.get(month)), numeric=True) for month in sorted(months)]
        for column in tail:
            tone = view_of(table).tone(column.name, table.value(last, column.name))
            said = shown_text(maker.warehouse, table, last, column)
            cells.append(ReportCell(said, tone, numeric=is_numeric(column)))
        lines.append(ReportLine(tuple(cells), maker.source(table, first), any(c.tone == "warn" for c in cells)))
    return ReportTable(
        table.name, title or table.title, f"{table.meaning}。", tuple(headings), tuple(lines), "没有支出计划。"
    )
