"""How a township stands among the others of its county: what a letter says of prices, targets, budgets and plans."""

from collections.abc import Iterator, Sequence

from warehouse.publication.letters.letterhead import LetterText
from warehouse.publication.letters.tables import LetterTable
from warehouse.publication.marts.facts import ONE_TOWNSHIP
from warehouse.publication.marts.tables import Mart, Row
from warehouse.publication.marts.values import WHOLE, judged_ratio, shown_text
from warehouse.publication.marts.years import YearRows

MOST_ROWS = 5
"""A table of a letter names so many rows; the report has them all."""

Body = Iterator[LetterText | LetterTable]

_STRIKING_PRICES = ("high", "low", "few_high", "few_low")
_STRIKING_TARGETS = ("looser", "deviates", "less")


def write_comparisons(rows: YearRows, township: str) -> Body:
    """Write what is far from the others'; what is usual is not printed."""
    yield LetterText("heading", "与其他乡镇比较")
    if len(rows.townships) == 1:
        yield LetterText("text", f"{ONE_TOWNSHIP}。")
        return
    parts = [*_prices(rows, township), *_targets(rows, township), *_budgets(rows, township)]
    if not parts:
        yield LetterText("text", "成本、指标值和预算与其他乡镇相比，没有明显差异。")
    yield from parts
    yield from _plan(rows, township)


def _prices(rows: YearRows, township: str) -> Body:
    table, own = rows.warehouse.mart("cost_comparison"), rows.where("cost_comparison", "township", township)
    if table is None:
        return
    striking = [row for row in own if table.text(row, "outlier") in _STRIKING_PRICES]
    if not striking:
        return
    striking.sort(key=lambda row: -abs(table.number(row, "difference_yuan") or 0))
    yield LetterText("text", "以下成本指标与其他乡镇相差较大，请说明理由或调整：")
    columns = ("project_name", "indicator_raw", "target_raw", "county_median_yuan", "ratio_to_median", "outlier")
    lines = [(*_cells(rows, table, row, columns), _scope(table, row)) for row in striking[:MOST_ROWS]]
    headings = ("项目", "指标", "本单位指标值", "中位数（元）", "倍数", "判断", "比较范围")
    yield LetterTable(headings, tuple(lines), (2.4, 2.2, 1.8, 1.5, 1.0, 1.4, 2.0))
    yield from _rest(len(striking))


def _targets(rows: YearRows, township: str) -> Body:
    table, own = rows.warehouse.mart("target_comparison"), rows.where("target_comparison", "township", township)
    if table is None:
        return
    # Prices stand in the table above; that one writes 良 where others write 优 is nothing to answer a letter for.
    kept = [row for row in own if table.text(row, "target_kind") not in ("money", "grade")]
    striking = [row for row in kept if table.text(row, "strictness") in _STRIKING_TARGETS]
    if not striking:
        return
    striking.sort(key=lambda row: -abs(table.number(row, "strictness_score") or 0))
    yield LetterText("text", "以下指标值与其他乡镇相差较大，请核对是否符合实际：")
    columns = ("project_name", "indicator_raw", "target_raw", "county_median", "strictness")
    lines = []
    for row in striking[:MOST_ROWS]:
        project, indicator, target, median, verdict = _cells(rows, table, row, columns)
        per = table.text(row, "denominator")
        middle = median if per in (None, WHOLE) else f"每{per} {median}"
        if table.text(row, "target_kind") == "grade":
            middle = _GRADES.get(table.number(row, "county_median") or 0, "")
        lines.append((project, indicator, target, middle, verdict, _scope(table, row)))
    headings = ("项目", "指标", "本单位指标值", "中位数", "判断", "比较范围")
    yield LetterTable(headings, tuple(lines), (2.6, 2.4, 1.8, 1.6, 1.5, 2.0))
    yield from _rest(len(striking))


def _budgets(rows: YearRows, township: str) -> Body:
    table, own = rows.warehouse.mart("budget_comparison"), rows.where("budget_comparison", "township", township)
    if table is None:
        return
    missing = [table.text(row, "project_category") for row in own if table.text(row, "status") == "missing"]
    striking = [row for row in own if table.text(row, "outlier") in ("high", "low")]
    if striking:
        striking.sort(key=lambda row: -judged_ratio(table, row))
        yield LetterText("text", "以下项目类别的预算与其他乡镇相差较大：")
        lines = [_budget_line(rows, table, row) for row in striking[:MOST_ROWS]]
        headings = ("项目类别", "判断", "比较口径", "本单位（元）", "中位数（元）", "倍数")
        yield LetterTable(headings, tuple(lines), (3, 1.6, 1.2, 2, 2, 1))
    if missing:
        named = "、".join(str(name) for name in missing)
        yield LetterText("text", f"多数乡镇有而你单位没有的项目类别：{named}，请确认是否漏报。")


def _budget_line(rows: YearRows, table: Mart, row: Row) -> tuple[str, ...]:
    """Give a striking budget with the amount that it was judged by: in total, or per village."""
    per = table.text(row, "denominator")
    columns = ("project_category", "outlier", "compared_yuan", "county_median_compared_yuan", "ratio_compared")
    category, mark, *figures = _cells(rows, table, row, columns)
    return (category, mark, "当年预算" if per in (None, WHOLE) else f"每{per}预算", *figures)


def _plan(rows: YearRows, township: str) -> Body:
    """Write the township's own months; how they lie is said where it is not even."""
    _, curves = rows.curves
    own_curve = next((curve for curve in curves if curve.name == township), None)
    plans = rows.warehouse.mart("schedule_comparison")
    points = [(month, percent) for month, percent in own_curve.points if month] if own_curve else []
    if own_curve is None or plans is None or not points:
        return
    told = "，".join(f"{month}月底 {percent:.0f}%" for month, percent in points)
    pace = rows.warehouse.label(plans, "pace", own_curve.pace)
    is_told = bool(pace) and pace != own_curve.pace and own_curve.pace != "even"
    yield LetterText("text", f"有支出计划的项目合计，支出进度计划为{told}" + (f"（{pace}）。" if is_told else "。"))


def write_outcomes(rows: YearRows, township: str) -> Body:
    """Write how many targets a self-evaluation says were met."""
    table = rows.warehouse.mart("target_versus_actual")
    own = rows.where("target_versus_actual", "township", township)
    if table is None or not own:
        return
    yield LetterText("heading", "目标完成情况")
    outcomes = [table.text(row, "outcome") for row in own]
    met, missed = outcomes.count("met"), outcomes.count("not_met")
    left = len(outcomes) - met - missed
    said = f"自评的 {len(outcomes)} 条指标中，完成 {met} 条、未完成 {missed} 条"
    yield LetterText("text", said + (f"，另有 {left} 条不能由数字判断。" if left else "。"))


def write_results(rows: YearRows, township: str) -> Body:
    """Write the results that the review proposes, of the projects that have something to remark."""
    table, own = rows.warehouse.mart("review_results"), rows.where("review_results", "township", township)
    if table is None or not own:
        return
    results = [table.text(row, "proposed_result") or "" for row in own]
    counted = "、".join(f"{name} {results.count(name)} 个" for name in _RESULTS if name in results)
    yield LetterText("heading", "审核结果建议")
    yield LetterText("text", f"按完整性、相关性、适当性、可行性四个方面审核，建议结论：{counted}。最终结论以审定为准。")
    remarked = [row for row, result in zip(own, results, strict=True) if result not in ("优", "良")]
    remarked.sort(key=lambda row: -_RESULTS.index(table.text(row, "proposed_result") or "优"))
    if remarked:
        columns = ("project_name", "completeness", "relevance", "appropriateness", "feasibility", "proposed_result")
        lines = tuple(_cells(rows, table, row, columns) for row in remarked[: 2 * MOST_ROWS])
        headings = ("项目", "完整性", "相关性", "适当性", "可行性", "建议结论")
        yield LetterTable(headings, lines, (4, 1, 1, 1, 1, 1.2))


_GRADES = {4.0: "优", 3.5: "优良", 3.0: "良", 2.5: "良", 2.0: "合格", 1.5: "合格", 1.0: "差"}
"""The grades as they are ranked for comparing."""
_RESULTS = ("优", "良", "中", "差", "待核对")


def _scope(table: Mart, row: Row) -> str:
    """Say among whom a figure was compared: the whole county only where it was."""
    peers = table.whole(row, "peers") or 0
    scope = "同类项目" if table.text(row, "compared_within") == "category" else "全县"
    return f"{scope}，另 {peers} 个乡镇"


def _rest(count: int) -> Iterator[LetterText]:
    if count > MOST_ROWS:
        yield LetterText("place", f"共 {count} 条，其余见随函所附比较表。")


def _cells(rows: YearRows, table: Mart, row: Row, columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(shown_text(rows.warehouse, table, row, table.column(name)) for name in columns)
