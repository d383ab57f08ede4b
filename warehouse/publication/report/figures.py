"""The report's drawings: which marts have one, with a title and the words that say what it shows."""

from collections import Counter
from dataclasses import dataclass

from warehouse.publication.marts.curves import cost_groups, strictness_cells
from warehouse.publication.marts.years import YearRows, indicator_name
from warehouse.publication.report.charts import draw_budgets, draw_costs, draw_curves
from warehouse.publication.report.sketches import draw_own_curve, draw_strictness
from warehouse.publication.report.tables import PageLinks

COST_ROWS, HEAT_ROWS = 24, 40
"""So many costs and indicators are drawn; the tables below list them all."""


@dataclass(frozen=True, slots=True)
class ReportFigure:
    """A drawing with its title; ``words`` say what it shows; ``svg`` is our own drawing, its text already escaped."""

    title: str
    words: str
    svg: str


def figures_of(mart: str, rows: YearRows, links: PageLinks) -> tuple[ReportFigure, ...]:
    """Draw a mart's figure; none where a single township leaves nothing to compare."""
    if len(rows.townships) < 2:
        return ()
    draw = {
        "schedule_comparison": _curves,
        "cost_comparison": _costs,
        "budget_comparison": _budgets,
        "target_comparison": _strictness,
    }.get(mart)
    figure = draw(rows, links) if draw else None
    return (figure,) if figure else ()


def own_curve(rows: YearRows, township: str) -> tuple[ReportFigure, ...]:
    """Draw a township's spending curve beside the county's; none where it has no plan."""
    county, curves = rows.curves
    own = next((curve for curve in curves if curve.name == township), None)
    if own is None:
        return ()
    svg = draw_own_curve(own, county if len(curves) > 1 else None)
    other = county.name if county and len(curves) > 1 else "均匀进度"
    return (ReportFigure("累计支出计划", f"{township}的累计支出计划曲线（蓝）与{other}曲线（灰）。", svg),)


def _curves(rows: YearRows, links: PageLinks) -> ReportFigure | None:
    county, curves = rows.curves
    if not curves:
        return None
    words = f"{len(curves)} 个乡镇的累计支出计划曲线，蓝色粗线是{county.name if county else '合计'}；写出名称的红色乡镇最慢，绿色乡镇最快。"
    return ReportFigure("累计支出计划", words, draw_curves(county, curves, links.hrefs("township")))


def _budgets(rows: YearRows, links: PageLinks) -> ReportFigure | None:
    if len(rows.budgets) < 2:
        return None
    words = "各乡镇项目预算总额（万元），由高到低；虚线是中位数。"
    return ReportFigure("乡镇预算总额", words, draw_budgets(rows.budgets, links.hrefs("township")))


def _costs(rows: YearRows, links: PageLinks) -> ReportFigure | None:
    groups = cost_groups(rows.warehouse, rows.year)[:COST_ROWS]
    if not groups:
        return None
    pages = {indicator_name(g.group, g.indicator, g.family): g.indicator for g in groups}
    hrefs = {name: links.href("indicator", page) or "" for page, name in pages.items()}
    words = "每个点是一个乡镇，横向是金额与全县中位数之比；写出名称的红点明显偏高，橙点明显偏低。"
    return ReportFigure("成本与全县中位数之比", words, draw_costs(groups, hrefs))


def _strictness(rows: YearRows, links: PageLinks) -> ReportFigure | None:
    cells = [cell for cell in strictness_cells(rows.warehouse, rows.year) if cell.township in rows.townships]
    pages = {
        cell.indicator: links.href("indicator", indicator_name(cell.group, cell.name, cell.family)) or ""
        for cell in cells
    }
    stated = Counter(cell.indicator for cell in cells)
    kept = {indicator for indicator, _ in stated.most_common(HEAT_ROWS)}
    shown = [cell for cell in cells if cell.indicator in kept]
    if not shown:
        return None
    words = "蓝色明显偏严，橙色明显偏松，白色在正常范围内，颜色深浅各行可比；格内是读出的指标值（鼠标停留可看原文）；同一指标有多行时取最松的一行。"
    return ReportFigure("指标值松紧", words, draw_strictness(shown, rows.townships, pages))
