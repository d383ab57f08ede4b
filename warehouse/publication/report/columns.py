"""Which columns of a mart the report's data hold, and the cells in them: one cell for all rows that show the same."""

from collections.abc import Sequence

from warehouse.publication.marts.tables import Mart, MartColumn, Row
from warehouse.publication.marts.values import VALUE_UNITS, is_numeric, unit_columns
from warehouse.publication.marts.views import shown_columns
from warehouse.publication.report.cells import ReportCell, ReportHeading
from warehouse.publication.report.data import DataColumn, TableData, row_ids
from warehouse.publication.report.evidence import needed_columns
from warehouse.publication.report.tables import PAGE_LINKS, RATIOS, TableMaker

ALSO_SHOWN_BY = {"outlier": ("denominator",), "indicator": ("level2_group", "unit_family")}
"""A cell shows more than its own column's value: what else it depends on."""

MEDIANS = "county_median"
"""Columns that begin so lead to the page of all the cells that the median is made of."""


def mart_data(maker: TableMaker, table: Mart, rows: Sequence[Row]) -> TableData:
    """Make a mart's data: the columns that a reader needs, and unseen those that choose the rows of a page."""
    shown = shown_columns(table, without=tuple(unit_columns(table)))
    needed = (*(name for name in PAGE_LINKS if name in table.positions), *needed_columns(table))
    unseen = [column for name in dict.fromkeys(needed) if (column := table.column(name)) not in shown]
    page = next((name for name in ("indicator", "project_category") if name in table.positions), "")
    columns = [
        DataColumn(
            heading_of(column),
            cells_of(maker, table, rows, column),
            hidden=column in unseen,
            opens=page if column.name.startswith(MEDIANS) else "",
            bar=column.name in RATIOS,
        )
        for column in (*shown, *unseen)
    ]
    return TableData(table.name, tuple(columns), [maker.source(table, row) for row in rows], row_ids(table, rows))


def heading_of(column: MartColumn) -> ReportHeading:
    """Give a column's head with the words that explain it."""
    return ReportHeading(column.heading, column.meaning, column.name, is_numeric(column))


def cells_of(maker: TableMaker, table: Mart, rows: Sequence[Row], column: MartColumn) -> list[ReportCell]:
    """Give a column's cell for each row; rows that show the same share one."""
    names = (column.name, *ALSO_SHOWN_BY.get(column.name, ()))
    if (table.name, column.name) in VALUE_UNITS:
        names = (*names, VALUE_UNITS[table.name, column.name], "denominator")
    positions = [table.positions[name] for name in names if name in table.positions]
    made: dict[tuple[object, ...], ReportCell] = {}
    found = []
    for row in rows:
        key = tuple(row[at] for at in positions)
        if key not in made:
            made[key] = maker.cell(table, row, column)
        found.append(made[key])
    return found
