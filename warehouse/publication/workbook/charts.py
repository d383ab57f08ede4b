"""The workbook's own charts: costs beside the median, spending curves, budgets, strictness of targets."""

from collections.abc import Sequence
from typing import Any

from warehouse.publication.marts.curves import Curve, budget_totals, cost_groups, spending_curves, strictness_counts
from warehouse.publication.marts.facts import ONE_TOWNSHIP
from warehouse.publication.marts.tables import Warehouse
from warehouse.publication.workbook.formats import FONT, Formats

DATA_SHEET = "图表数据"
COST_CHARTS = 8
NAMED_CURVES = 2
"""So many of the latest and of the earliest spenders are named; the others are grey."""

BLUE, RED, GREY, AMBER, GREEN = "#1F4E79", "#B3261E", "#C3C9D1", "#C77700", "#2E7D4F"
_WIDTH, _HEIGHT = 505, 330
CHART_ROWS, SECOND_COLUMN = 18, 5
"""Rows of the cover that a chart takes, and the column that the right one begins in."""

Blocks = list[tuple[str, Sequence[str | float]]]
"""Columns of figures for a chart: heading and values."""


class ChartFigures:
    """Gathers the charts' figures in blocks side by side, gives their cell ranges, and writes them row by row."""

    def __init__(self) -> None:
        """Start without figures."""
        self.cells: dict[int, dict[int, tuple[str | float, str]]] = {}
        self.col = 0

    def add(self, title: str, columns: Blocks) -> list[list[object]]:
        """Add one block; give for each column its range as xlsxwriter takes it."""
        self._put(0, self.col, title, "title")
        ranges: list[list[object]] = []
        for name, values in columns:
            self._put(1, self.col, name, "head")
            for row, value in enumerate(values, 2):
                self._put(row, self.col, value, "value")
            ranges.append([DATA_SHEET, 2, self.col, 1 + max(len(values), 1), self.col])
            self.col += 1
        self.col += 1
        return ranges

    def write(self, sheet: Any, formats: Formats) -> None:
        """Write all blocks, downwards, as a workbook in constant memory needs it."""
        for row in sorted(self.cells):
            for col, (value, kind) in sorted(self.cells[row].items()):
                if isinstance(value, str):
                    style = {"title": formats.title, "head": formats.head}.get(kind, formats.text)
                    sheet.write_string(row, col, value, style)
                else:
                    sheet.write_number(row, col, value, formats.by_form["money"])

    def _put(self, row: int, col: int, value: str | float, kind: str) -> None:
        self.cells.setdefault(row, {})[col] = (value, kind)


def write_charts(book: Any, formats: Formats, warehouse: Warehouse, year: int | None, sheet: Any, row: int) -> None:
    """Draw one year's charts on the cover from a row downwards; their figures stand in a hidden sheet."""
    data = ChartFigures()
    charts = [
        *_curve_charts(book, data, warehouse, year),
        *_budget_charts(book, data, warehouse, year),
        *_strictness_charts(book, data, warehouse, year),
        *_cost_charts(book, data, warehouse, year),
    ]
    said = (
        f"图中数字在隐藏的“{DATA_SHEET}”表；同一乡镇同一指标有多行时取中位数。"
        if charts
        else f"{ONE_TOWNSHIP}，没有图可画。"
    )
    sheet.write_string(row, 0, said, formats.note)
    for position, chart in enumerate(charts):
        place = row + 1 + CHART_ROWS * (position // 2)
        sheet.insert_chart(place, 0 if position % 2 == 0 else SECOND_COLUMN, chart, {"y_offset": 6})
    sheet.set_h_pagebreaks([row - 1, *(row + 1 + 2 * CHART_ROWS * page for page in range(1, (len(charts) + 3) // 4))])
    hidden = book.add_worksheet(DATA_SHEET)
    hidden.hide()
    data.write(hidden, formats)


def _start(book: Any, kind: dict[str, str], title: str, x: str, y: str, *, legend: bool) -> Any:
    chart = book.add_chart(kind)
    font = {"name": FONT, "size": 9}
    chart.set_size({"width": _WIDTH, "height": _HEIGHT})
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 12, "bold": True}, "overlay": False})
    lines = {"visible": True, "line": {"color": "#E3E6EA", "width": 0.75}}
    chart.set_x_axis({"name": x, "num_font": font, "name_font": font, "major_gridlines": {"visible": False}})
    chart.set_y_axis({"name": y, "num_font": font, "name_font": font, "major_gridlines": lines, "min": 0})
    chart.set_legend({"position": "bottom", "font": font} if legend else {"none": True})
    return chart


def _cost_charts(book: Any, data: ChartFigures, warehouse: Warehouse, year: int | None) -> list[Any]:
    charts = []
    for group in cost_groups(warehouse, year)[:COST_CHARTS]:
        names, values = [bar.township for bar in group.bars], [bar.value for bar in group.bars]
        blocks: Blocks = [("乡镇", names), (group.unit, values)]
        blocks.append(("全县中位数", [group.median] * len(names)))
        township, value, middle = data.add(group.indicator, blocks)
        chart = _start(book, {"type": "column"}, f"{group.indicator}（{group.unit}）", "", group.unit, legend=True)
        points = [{"fill": {"color": RED}} if bar.outlier == "high" else None for bar in group.bars]
        chart.add_series(
            {
                "name": "本乡镇",
                "categories": township,
                "values": value,
                "fill": {"color": BLUE},
                "points": points,
                "gap": 60,
            }
        )
        line = book.add_chart({"type": "line"})
        line.add_series(
            {"name": "全县中位数", "categories": township, "values": middle, "line": {"color": AMBER, "width": 2}}
        )
        chart.combine(line)
        charts.append(chart)
    return charts


def _curve_charts(book: Any, data: ChartFigures, warehouse: Warehouse, year: int | None) -> list[Any]:
    county, townships = spending_curves(warehouse, year)
    if not townships:
        return []
    named = {*range(NAMED_CURVES), *range(len(townships) - NAMED_CURVES, len(townships))}
    if len(townships) <= 2 * NAMED_CURVES + 2:
        named = set(range(len(townships)))
    chart = _start(book, {"type": "scatter", "subtype": "straight"}, "累计支出计划", "", "", legend=True)
    colours = iter((RED, "#E07A5F", GREEN, "#3A86A8", "#7B5EA7", AMBER))
    grey = [position for position in range(len(townships)) if position not in named]
    for position in (*grey, *sorted(named)):
        line = {"color": next(colours), "width": 1.75} if position in named else {"color": GREY, "width": 0.75}
        _add_curve(chart, data, townships[position], line)
    if county is not None and len(townships) > 1:
        _add_curve(chart, data, county, {"color": BLUE, "width": 3.25})
    font, lines = {"name": FONT, "size": 9}, {"visible": True, "line": {"color": "#E3E6EA", "width": 0.75}}
    chart.set_x_axis({"min": 0, "max": 12, "major_unit": 3, "num_format": '[=0]"年初";0"月底"', "num_font": font})
    scale = {"min": 0, "max": 100, "major_unit": 25, "num_format": '0"%"', "num_font": font}
    chart.set_y_axis({**scale, "major_gridlines": lines})
    chart.set_legend({"position": "right", "font": {"name": FONT, "size": 9}, "delete_series": list(range(len(grey)))})
    return [chart]


def _add_curve(chart: Any, data: ChartFigures, curve: Curve, line: dict[str, object]) -> None:
    months, percents = [float(month) for month, _ in curve.points], [percent for _, percent in curve.points]
    x, y = data.add(curve.name, [("月", months), ("累计支出（%）", percents)])
    chart.add_series({"name": curve.name, "categories": x, "values": y, "line": line, "marker": {"type": "none"}})


def _budget_charts(book: Any, data: ChartFigures, warehouse: Warehouse, year: int | None) -> list[Any]:
    bars = budget_totals(warehouse, year)
    if len(bars) < 2:
        return []
    values = [round(bar.value / 10000, 2) for bar in bars]
    township, value = data.add("乡镇预算总额", [("乡镇", [bar.township for bar in bars]), ("万元", values)])
    chart = _start(book, {"type": "column"}, "乡镇预算总额（万元）", "", "万元", legend=False)
    chart.add_series({"name": "万元", "categories": township, "values": value, "fill": {"color": BLUE}, "gap": 60})
    return [chart]


def _strictness_charts(book: Any, data: ChartFigures, warehouse: Warehouse, year: int | None) -> list[Any]:
    counts = strictness_counts(warehouse, year)
    if len(counts) < 2:
        return []
    columns: Blocks = [("乡镇", [name for name, *_ in counts])]
    columns += [
        (text, [float(own[place]) for own in counts]) for text, place in (("明显偏松", 3), ("正常", 2), ("明显偏严", 1))
    ]
    township, *figures = data.add("指标值松紧条数", columns)
    chart = _start(
        book,
        {"type": "column", "subtype": "percent_stacked"},
        "指标值与全县中位数相比（条数占比）",
        "",
        "",
        legend=True,
    )
    for (text, _), values, colour in zip(columns[1:], figures, (AMBER, GREY, GREEN), strict=True):
        chart.add_series({"name": text, "categories": township, "values": values, "fill": {"color": colour}, "gap": 60})
    return [chart]
