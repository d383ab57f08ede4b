"""The report's tables: what a template needs to write a mart's rows, with links to pages and to the source cells."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from warehouse.published_tables import Column, Row, Table, Warehouse, county_time
from warehouse.published_views import family_name, shown_columns, view_of
from warehouse.report_cells import Cell, Heading, Line, Source
from warehouse.source_links import SourceLinks

PAGE_LINKS = {"township": "township", "project_category": "category", "indicator": "indicator"}
"""Columns whose values have a page of their own in the report."""

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
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
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
    made: dict[tuple[str, int, str], Cell] = field(default_factory=dict)
    """Cells by mart, row and column: a row stands on several pages, and is written once."""

    def make(
        self, table: Table, rows: Iterable[Row], *, without: tuple[str, ...] = (), title: str = "", empty: str = ""
    ) -> ReportTable:
        """Make a table of a mart's rows with the columns that a reader needs, less those that say nothing here."""
        rows = list(rows)
        columns = [
            column
            for column in shown_columns(table, without=without)
            if column.name in ("outlier", "township") or any(table.value(row, column.name) is not None for row in rows)
        ]
        headings = tuple(Heading(c.heading, c.meaning, c.name, is_numeric(c)) for c in columns)
        lines = tuple(self._line(table, row, columns) for row in rows)
        said = empty or "没有可列的内容。"
        return ReportTable(table.name, title or table.title, f"{table.meaning}。", headings, lines, said)

    def source(self, table: Table, row: Row) -> Source | None:
        """Give where a row stands, None for totals."""
        file_name = table.text(row, "file_name")
        if file_name is None:
            return None
        return Source(place_text(table, row), file_name, self.sources.href_of(table, row))

    def township_cell(self, name: str | None) -> Cell:
        """Give a township's name with the link to its page; invented ones are marked."""
        return Cell(name or "—", href=self.links.href("township", name), sample=name in self.samples)

    def _line(self, table: Table, row: Row, columns: Sequence[Column]) -> Line:
        cells = tuple(self._made(table, row, column) for column in columns)
        striking = any(cell.tone in ("bad", "warn") for cell in cells)
        return Line(cells, self.source(table, row), striking)

    def _made(self, table: Table, row: Row, column: Column) -> Cell:
        key = (table.name, id(row), column.name)
        if key not in self.made:
            self.made[key] = self._cell(table, row, column)
        return self.made[key]

    def _cell(self, table: Table, row: Row, column: Column) -> Cell:
        value = table.value(row, column.name)
        if column.name == "township":
            return self.township_cell(table.text(row, "township"))
        text = (
            self.warehouse.label(table, column.name, value) if isinstance(value, str) else format_value(column, value)
        )
        href = None
        if column.name in PAGE_LINKS:
            href = self.links.href(PAGE_LINKS[column.name], page_name(table, row, column.name))
        bar = None
        if column.name == "ratio_to_median" and value is not None:
            bar = max(-1.0, min(1.0, (float(str(value)) - 1) / RATIO_SCALE))
            bar = bar if abs(bar) >= LEAST_BAR else None
        return Cell(text, view_of(table).tone(column.name, value), href, bar, numeric=is_numeric(column))


def page_name(table: Table, row: Row, column: str) -> str:
    """Give the name of the page that a value belongs to; an indicator's is told by its group and unit family too."""
    if column != "indicator":
        return table.text(row, column) or ""
    return indicator_name(*(table.text(row, name) for name in ("level2_group", "indicator", "unit_family")))


def indicator_name(group: str | None, indicator: str | None, family: str | None) -> str:
    """Give an indicator's name in the report: with its unit family and group, since one name may mean two things."""
    return f"{indicator or '未命名指标'}（{'，'.join(part for part in (group, family_name(family)) if part)}）"


def place_text(table: Table, row: Row) -> str:
    """Give a row's place as a person would look it up: 第3页 表2 行5."""
    page, table_no, row_no = (table.whole(row, name) for name in ("page", "table_no", "row_no"))
    parts = [f"第{page}页" if page else "", f"表{table_no}" if table_no else "", f"行{row_no}" if row_no else ""]
    return " ".join(part for part in parts if part) or "正文"


def is_numeric(column: Column) -> bool:
    """Tell whether a column's values stand right and sort as numbers."""
    return column.form in ("count", "money", "percent", "ratio", "number", "label_number")


def format_value(column: Column, value: object) -> str:
    """Give a value as the report shows it; null is "", whole amounts have no decimals."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return county_time(value if value.tzinfo else value.replace(tzinfo=UTC)).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if column.form == "percent":
        return f"{float(str(value)):,.1f}"
    if isinstance(value, float):
        return f"{value:,.2f}"
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        if column.form == "money":
            return f"{value:,.0f}" if whole else f"{value:,.2f}"
        return f"{value:,.0f}" if whole else f"{value.normalize():,f}"
    return f"{value:,}" if isinstance(value, int) and column.form == "count" else str(value)


def schedule_table(
    maker: TableMaker, table: Table, rows: Iterable[Row], *, township: bool = True, title: str = ""
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
        *([Heading("乡镇", "", "township")] if township else []),
        Heading(table.column("project_name").heading, table.column("project_name").meaning, "project_name"),
        *(Heading(f"{month}月底（%）", percent.meaning, f"month_{month}", numeric=True) for month in sorted(months)),
        *(Heading(column.heading, column.meaning, column.name, is_numeric(column)) for column in tail),
    ]
    lines: list[Line] = []
    for found in plans.values():
        first, last = found[0], found[-1]
        by_month = {table.whole(row, "month"): table.value(row, "cumulative_pct") for row in found}
        cells = [maker.township_cell(table.text(first, "township"))] if township else []
        cells.append(
            Cell(
                table.text(first, "project_name") or maker.warehouse.label(table, "scope", table.value(first, "scope"))
            )
        )
        cells += [Cell(format_value(percent, by_month.get(month)), numeric=True) for month in sorted(months)]
        for column in tail:
            value = table.value(last, column.name)
            said = (
                maker.warehouse.label(table, column.name, value)
                if isinstance(value, str)
                else format_value(column, value)
            )
            cells.append(Cell(said, view_of(table).tone(column.name, value), numeric=is_numeric(column)))
        lines.append(Line(tuple(cells), maker.source(table, first), any(c.tone == "warn" for c in cells)))
    return ReportTable(
        table.name, title or table.title, f"{table.meaning}。", tuple(headings), tuple(lines), "没有支出计划。"
    )
