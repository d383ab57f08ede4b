"""The figures of one township in the report: at the head of its page and as its line on the first page."""

from collections.abc import Callable

from warehouse.publication.marts.values import format_value
from warehouse.publication.marts.years import YearRows
from warehouse.publication.report.cells import ReportCell, ReportHeading, ReportLine
from warehouse.publication.report.tables import ReportTable, TableMaker

Figure = Callable[[YearRows, str], ReportCell]
"""Gives one figure of a township."""


def township_table(rows: YearRows, maker: TableMaker) -> ReportTable:
    """Make the table of all townships: one line each, with the figures that lead to its page."""
    lines = []
    for name in rows.townships:
        cells = tuple(figure(rows, name) for _, figure in TOWNSHIP_FIGURES)
        lines.append(ReportLine((maker.township_cell(name), *cells), None, any(cell.tone == "bad" for cell in cells)))
    headings = (
        ReportHeading("乡镇", "点乡镇名看该乡镇的全部对比", "township"),
        *(heading for heading, _ in TOWNSHIP_FIGURES),
    )
    return ReportTable("townships", "各乡镇一览", "点乡镇名看该乡镇的全部对比。", headings, tuple(lines), "没有乡镇。")


def township_facts(rows: YearRows, township: str) -> tuple[tuple[str, str], ...]:
    """Give a township's figures with their names, then its unit and its files."""
    filings = [filing for filing in rows.warehouse.current_filings(rows.year) if filing.township == township]
    units = dict.fromkeys(filing.unit_name for filing in filings if filing.unit_name)
    figures = [(heading.text, figure(rows, township).text) for heading, figure in TOWNSHIP_FIGURES]
    files = "、".join(filing.file_name for filing in filings)
    return (*figures, ("单位", "、".join(units) or "—"), ("现行文件", files or "—"))


def _sum(mart: str, column: str) -> Figure:
    def figure(rows: YearRows, township: str) -> ReportCell:
        table, own = rows.warehouse.mart(mart), rows.where(mart, "township", township)
        if table is None or not own:
            return ReportCell("—")
        return ReportCell(f"{sum(table.number(row, column) or 0 for row in own):,.0f}", numeric=True)

    return figure


def _count(mart: str, column: str, code: str, *, bad: bool = False) -> Figure:
    def figure(rows: YearRows, township: str) -> ReportCell:
        table, own = rows.warehouse.mart(mart), rows.where(mart, "township", township)
        found = sum(table.text(row, column) == code for row in own) if table else 0
        return ReportCell(str(found), "bad" if bad and found else None, numeric=True)

    return figure


def _qualitative(rows: YearRows, township: str) -> ReportCell:
    table, own = rows.warehouse.mart("target_comparison"), rows.where("target_comparison", "township", township)
    if table is None or not own:
        return ReportCell("—")
    column = table.column("township_qualitative_pct")
    return ReportCell(format_value(column, table.value(own[0], column.name)) or "—", numeric=True)


def _pace(rows: YearRows, township: str) -> ReportCell:
    table, own = rows.warehouse.mart("schedule_comparison"), rows.where("schedule_comparison", "township", township)
    totals = [row for row in own if table and table.text(row, "scope") == "township"]
    if table is None or not totals:
        return ReportCell("—")
    return ReportCell(rows.warehouse.label(table, "pace", table.value(totals[-1], "pace")) or "—")


TOWNSHIP_FIGURES: tuple[tuple[ReportHeading, Figure], ...] = (
    (ReportHeading("项目", "项目个数", "projects", True), _sum("budget_comparison", "projects")),
    (ReportHeading("预算（元）", "全部项目预算数之和", "total_yuan", True), _sum("budget_comparison", "total_yuan")),
    (
        ReportHeading("成本偏高", "成本指标明显高于其他乡镇的条数", "high", True),
        _count("cost_comparison", "outlier", "high", bad=True),
    ),
    (
        ReportHeading("指标偏松", "指标值明显松于其他乡镇的条数", "looser", True),
        _count("target_comparison", "strictness", "looser"),
    ),
    (
        ReportHeading("指标偏严", "指标值明显严于其他乡镇的条数", "stricter", True),
        _count("target_comparison", "strictness", "stricter"),
    ),
    (ReportHeading("定性占比（%）", "等级和文字类指标值占全部指标的百分比", "qualitative", True), _qualitative),
    (ReportHeading("支出进度", "累计支出计划与均匀进度相比", "pace"), _pace),
    (
        ReportHeading("须改正", "审核问题中须改正的个数", "errors", True),
        _count("review_findings", "severity", "error", bad=True),
    ),
    (
        ReportHeading("请核对", "审核问题中请核对的个数", "warnings", True),
        _count("review_findings", "severity", "warning"),
    ),
)
