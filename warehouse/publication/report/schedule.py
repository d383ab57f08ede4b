"""The report's spending plans: the mart has a row for each month, a reader wants a line for each plan."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from warehouse.publication.marts.tables import Mart, MartColumn, Row
from warehouse.publication.marts.values import format_value
from warehouse.publication.report.cells import ReportCell, ReportHeading, ReportLine
from warehouse.publication.report.columns import cells_of, heading_of
from warehouse.publication.report.data import DataColumn, TableData, row_ids
from warehouse.publication.report.tables import ReportTable, TableMaker

PLAN = ("scope", "county", "township", "filing_id", "project_no")
"""What tells one plan from another."""

SCOPE = ReportHeading("范围", "", "scope")
TOTAL, PROJECT = "合计", "项目"
"""Lines of the county and of townships, lines of projects."""


def schedule_data(maker: TableMaker, table: Mart, rows: Iterable[Row]) -> TableData:
    """Make one line a spending plan, with a column for each month."""
    plans: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        plans[tuple(table.value(row, name) for name in PLAN)].append(row)
    lines = list(plans.values())
    first, last = [found[0] for found in lines], [found[-1] for found in lines]
    tail = [table.column(n) for n in ("budget_yuan", "loading_points", "pace", "same_plan_townships")]
    totals = [table.text(row, "scope") != "project" for row in first]
    columns = (
        DataColumn(heading_of(table.column("township")), cells_of(maker, table, first, table.column("township"))),
        DataColumn(heading_of(table.column("project_name")), _names(maker, table, first)),
        *_months(table, lines),
        *(DataColumn(heading_of(column), cells_of(maker, table, last, column)) for column in tail),
        DataColumn(SCOPE, [ReportCell(TOTAL if total else PROJECT) for total in totals], hidden=True),
        _category(maker, table, first),
    )
    return TableData(table.name, columns, [maker.source(table, row) for row in first], row_ids(table, first))


def _names(maker: TableMaker, table: Mart, rows: Sequence[Row]) -> list[ReportCell]:
    return [
        ReportCell(table.text(row, "project_name") or maker.warehouse.label(table, "scope", table.value(row, "scope")))
        for row in rows
    ]


def _months(table: Mart, lines: Sequence[Sequence[Row]]) -> Iterable[DataColumn]:
    percent = table.column("cumulative_pct")
    by_month = [{table.whole(row, "month"): table.value(row, "cumulative_pct") for row in found} for found in lines]
    for month in sorted({month for line in by_month for month in line if month is not None}):
        heading = ReportHeading(f"{month}月底（%）", percent.meaning, f"month_{month}", numeric=True)
        texts = [format_value(percent, line.get(month)) for line in by_month]
        yield DataColumn(heading, [ReportCell(text, numeric=True) for text in texts])


def _category(maker: TableMaker, table: Mart, rows: Sequence[Row]) -> DataColumn:
    column: MartColumn = table.column("project_category")
    return DataColumn(heading_of(column), cells_of(maker, table, rows, column), hidden=True)


def same_plans(table: Mart, rows: Sequence[Row]) -> ReportTable:
    """Make the table of plans that are the same in several projects: the form's template rather than a plan."""
    plans = {table.text(row, "plan_pattern"): row for row in rows if table.text(row, "scope") == "project"}
    shared = [row for pattern, row in plans.items() if pattern and (table.whole(row, "same_plan_projects") or 0) > 1]
    shared.sort(key=lambda row: -(table.whole(row, "same_plan_projects") or 0))
    columns = [table.column(name) for name in ("plan_pattern", "same_plan_projects", "same_plan_townships")]
    headings = tuple(ReportHeading(c.heading, c.meaning, c.name, c.form == "count") for c in columns)
    lines = tuple(
        ReportLine(
            tuple(ReportCell(format_value(c, table.value(row, c.name)), numeric=c.form == "count") for c in columns),
            None,
            striking=False,
        )
        for row in shared
    )
    note = "多个项目的支出计划完全相同，可能是照抄样表。"
    return ReportTable("same_plans", "相同的支出计划", note, headings, lines, "没有相同的支出计划。")
