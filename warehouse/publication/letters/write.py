"""A feedback sheet (DOCX) for each township: what to correct, where it stands, how it compares with the others."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from warehouse.publication.letters.letterhead import Letter, LetterText, write_letter
from warehouse.publication.letters.tables import LetterTable
from warehouse.publication.marts.facts import ONE_TOWNSHIP, SAMPLE_TAG, Facts, year_name
from warehouse.publication.marts.filings import FilingSource
from warehouse.publication.marts.places import Places
from warehouse.publication.marts.tables import Mart, Row, Warehouse
from warehouse.publication.marts.values import WHOLE, judged_ratio, shown_text
from warehouse.publication.marts.years import YearRows

FOLDER = "反馈单"
NAMED_SEVERITIES = {"error": "须改正", "warning": "请核对"}
DONE = ("answered", "settled", "waived")
"""States of findings that the township has nothing more to do about."""
MOST_ROWS = 60
"""A table of a sheet names so many rows; the report has them all."""

_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', "_"))

Body = Iterator[LetterText | LetterTable]


@dataclass(frozen=True, slots=True)
class LetterMatter:
    """What letters tell of: the rows of each year, the facts about the whole, and where rows stand in the filings."""

    year_rows: Callable[[int | None], YearRows]
    facts: Facts
    places: Places


def write_feedback(
    warehouse: Warehouse,
    matter: LetterMatter,
    template: Path | None,
    folder: Path,
    on_sheet: Callable[[int, int], None] = lambda done, total: None,
) -> list[Path]:
    """Write a sheet for each township on its newest year into ``folder``/反馈单 and give the paths."""
    facts = matter.facts
    newest: dict[str, int | None] = {}
    for year in warehouse.years():
        for filing in warehouse.current_filings(year):
            if filing.township:
                newest.setdefault(filing.township, year)
    if not newest:
        return []
    (folder / FOLDER).mkdir()
    dated = datetime.combine(facts.published_on, datetime.min.time()) if facts.published_on else None
    paths: list[Path] = []
    for done, (township, year) in enumerate(sorted(newest.items()), 1):
        path = folder / FOLDER / f"{file_stem(township)}.docx"
        if path in paths:
            path = path.with_stem(f"{path.stem}_{done}")
        write_letter(make_letter(matter.year_rows(year), facts, matter.places, township), template, dated, path)
        paths.append(path)
        on_sheet(done, len(newest))
    return paths


def file_stem(name: str) -> str:
    """Give a name as part of a file's name: without signs that some systems forbid."""
    return name.translate(_FORBIDDEN).strip(". ") or "乡镇"


def make_letter(rows: YearRows, facts: Facts, places: Places, township: str) -> Letter:
    """Make a township's letter for one year."""
    filings = [filing for filing in rows.warehouse.current_filings(rows.year) if filing.township == township]
    unit = next((filing.unit_name for filing in filings if filing.unit_name), township)
    marks = {
        "{{乡镇}}": township,
        "{{单位}}": unit,
        "{{年度}}": year_name(rows.year),
        "{{县}}": facts.county or "",
        "{{日期}}": facts.published_on.isoformat() if facts.published_on else "",
    }
    findings = _findings(rows, township)
    body = (
        *_opening(rows, facts, township, filings),
        *_findings_part(rows, places, findings),
        *_costs_part(rows, places, township),
        *_targets_part(rows, places, township),
        *_budget_part(rows, township),
        *_corrections_part(rows, findings),
    )
    return Letter(f"{township}{year_name(rows.year)}绩效目标反馈单", marks, body)


def _opening(rows: YearRows, facts: Facts, township: str, filings: Sequence[FilingSource]) -> Body:
    if any(filing.invented for filing in filings):
        yield LetterText("note", f"本单所依据的报送文件是{SAMPLE_TAG}，只供演示，不得发出。")
    files = "、".join(f"《{filing.file_name}》" for filing in filings)
    budgets, own = rows.warehouse.mart("budget_comparison"), rows.where("budget_comparison", "township", township)
    projects = sum(budgets.whole(row, "projects") or 0 for row in own) if budgets else 0
    total = sum(budgets.number(row, "total_yuan") or 0 for row in own) if budgets else 0
    indicators = len(rows.where("target_comparison", "township", township))
    dated = (
        f"（数据截至{facts.published_on.year}年{facts.published_on.month}月{facts.published_on.day}日）"
        if facts.published_on
        else ""
    )
    amount = f"，预算合计 {total / 10000:,.2f} 万元" if total else ""
    counted = f"共 {projects} 个项目{amount}、{indicators} 条绩效指标"
    yield LetterText("text", f"你单位报送的{files}已审核{dated}，{counted}。现将审核和比较情况反馈如下。")


def _findings(rows: YearRows, township: str) -> list[Row]:
    """Give the findings that wait for the township, in the order in which they are numbered: errors, warnings, hints."""
    table = rows.warehouse.mart("review_findings")
    found = rows.where("review_findings", "township", township)
    return [row for row in found if table and table.text(row, "state") not in DONE]


def _findings_part(rows: YearRows, places: Places, findings: Sequence[Row]) -> Body:
    yield LetterText("heading", "一、审核发现的问题")
    table = rows.warehouse.mart("review_findings")
    named = [row for row in findings if table and table.text(row, "severity") in NAMED_SEVERITIES]
    if table is None or not findings:
        yield LetterText("text", "未发现需要改正的问题。")
        return
    several_files = len({table.text(row, "filing_id") for row in findings}) > 1
    for number, row in enumerate(named, 1):
        severity = NAMED_SEVERITIES[table.text(row, "severity") or "warning"]
        yield LetterText("finding", table.text(row, "message") or "", f"{number}．【{severity}】")
        yield LetterText("place", "；".join(_place_parts(places, table, row, several_files)))
    hints: dict[str, list[str]] = defaultdict(list)
    for row in findings:
        if row not in named:
            hints[table.text(row, "rule_title") or "供参考"].append(places.of(table, row).text)
    if hints:
        yield LetterText("text", "以下事项供参考，可不改：" if named else "没有须改正和请核对的内容，以下事项供参考：")
    for title, found in hints.items():
        shown = "、".join(dict.fromkeys(found))
        yield LetterText("place", f"{title}（{len(found)} 处）：{shown}")


def _place_parts(places: Places, table: Mart, row: Row, several_files: bool) -> Iterator[str]:
    file_name = f"《{table.text(row, 'file_name')}》" if several_files else ""
    yield f"位置：{file_name}{places.of(table, row).text}"
    if project := table.text(row, "project_name"):
        yield f"项目：{project}"
    if indicator := table.text(row, "indicator_raw"):
        yield f"指标：{indicator}"
    evidence = table.text(row, "evidence")
    if evidence and evidence not in (table.text(row, "message") or ""):
        yield f"原文：“{evidence[:80]}{'…' if len(evidence) > 80 else ''}”"


def _costs_part(rows: YearRows, places: Places, township: str) -> Body:
    yield LetterText("heading", "二、成本与其他乡镇比较")
    table, own = rows.warehouse.mart("cost_comparison"), rows.where("cost_comparison", "township", township)
    compared = [row for row in own if table and table.whole(row, "peers")]
    if table is None or not compared:
        alone = len(rows.townships) == 1
        yield LetterText("text", f"{ONE_TOWNSHIP}。" if alone else "没有可以与其他乡镇比较的成本指标。")
        return
    high = [row for row in compared if table.text(row, "outlier") == "high"]
    low = [row for row in compared if table.text(row, "outlier") == "low"]
    said = f"{len(compared)} 条成本指标可以与其他乡镇比较，其中 {len(high)} 条明显偏高、{len(low)} 条明显偏低。"
    yield LetterText("text", said + ("请对偏高的逐条说明理由或调整。" if high else ""))
    ranked = sorted(compared, key=lambda row: -(table.number(row, "ratio_to_median") or 0))
    lines = [_placed(rows, places, table, row, _COST_COLUMNS) for row in ranked[:MOST_ROWS]]
    marked = frozenset(at for at, row in enumerate(ranked[:MOST_ROWS]) if table.text(row, "outlier") == "high")
    headings = ("项目", "指标", "指标值", "金额（元）", "全县中位数（元）", "倍数", "判断", "位置")
    yield LetterTable(headings, tuple(lines), (2.3, 2.2, 1.8, 1.4, 1.6, 1.0, 1.3, 2.0), marked)


_COST_COLUMNS = (
    *("project_name", "indicator", "target_raw", "value_yuan", "county_median_yuan", "ratio_to_median", "outlier"),
)
_TARGET_COLUMNS = ("project_name", "indicator", "target_raw", "county_median", "common_target")


def _targets_part(rows: YearRows, places: Places, township: str) -> Body:
    yield LetterText("heading", "三、指标值松紧")
    table, own = rows.warehouse.mart("target_comparison"), rows.where("target_comparison", "township", township)
    if table is None or not own:
        yield LetterText("text", "没有绩效指标。")
        return
    kinds = {
        kind: [row for row in own if table.text(row, "strictness") == kind] for kind in ("looser", "normal", "stricter")
    }
    share = table.value(own[0], "township_qualitative_pct")
    quality = f"定性指标占 {float(str(share)):.0f}%。" if share is not None else ""
    if not any(kinds.values()):
        yield LetterText(
            "text", f"{ONE_TOWNSHIP if len(rows.townships) == 1 else '没有可以与其他乡镇比较的指标值'}。{quality}"
        )
        return
    counted = "、".join(
        f"{len(kinds[kind])} 条{said}"
        for kind, said in (("looser", "明显偏松"), ("normal", "正常"), ("stricter", "明显偏严"))
    )
    yield LetterText(
        "text", f"与全县中位数相比，{counted}。{quality}" + ("明显偏松的指标如下：" if kinds["looser"] else "")
    )
    if kinds["looser"]:
        lines = [_placed(rows, places, table, row, _TARGET_COLUMNS) for row in kinds["looser"][:MOST_ROWS]]
        headings = ("项目", "指标", "本单位指标值", "全县中位数", "最常见指标值", "位置")
        yield LetterTable(headings, tuple(lines), (3, 2.6, 1.9, 1.7, 1.9, 1.8))


def _budget_part(rows: YearRows, township: str) -> Body:
    yield LetterText("heading", "四、预算和支出进度")
    table, own = rows.warehouse.mart("budget_comparison"), rows.where("budget_comparison", "township", township)
    missing = [table.text(row, "project_category") for row in own if table and table.text(row, "status") == "missing"]
    striking = [row for row in own if table and table.text(row, "outlier") in ("high", "low")]
    if table is not None and striking:
        striking.sort(key=lambda row: -judged_ratio(table, row))
        yield LetterText("text", "以下项目类别的预算与其他乡镇相差较大：")
        lines = [_budget_line(rows, table, row) for row in striking]
        headings = ("项目类别", "判断", "比较口径", "本单位（元）", "全县中位数（元）", "倍数")
        yield LetterTable(headings, tuple(lines), (3, 1.6, 1.2, 2, 2, 1))
    if missing:
        yield LetterText(
            "text", f"多数乡镇有而你单位没有的项目类别：{'、'.join(str(name) for name in missing)}，请确认是否漏报。"
        )
    _, curves = rows.curves
    own_curve = next((curve for curve in curves if curve.name == township), None)
    plans = rows.warehouse.mart("schedule_comparison")
    if own_curve is None or plans is None:
        yield LetterText("text", "没有读到支出进度计划。")
        return
    points = "，".join(f"{month}月底 {percent:.0f}%" for month, percent in own_curve.points if month)
    pace = rows.warehouse.label(plans, "pace", own_curve.pace)
    yield LetterText("text", f"支出进度计划为{points}" + (f"（{pace}）。" if pace else "。"))


def _budget_line(rows: YearRows, table: Mart, row: Row) -> tuple[str, ...]:
    """Give a striking budget with the amount that it was judged by: in total, or per village."""
    per = table.text(row, "denominator")
    columns = ("project_category", "outlier", "compared_yuan", "county_median_compared_yuan", "ratio_compared")
    category, mark, *figures = _cells(rows, table, row, columns)
    return (category, mark, "当年预算" if per in (None, WHOLE) else f"每{per}预算", *figures)


def _corrections_part(rows: YearRows, findings: Sequence[Row]) -> Body:
    yield LetterText("heading", "五、请改正的内容")
    table = rows.warehouse.mart("review_findings")
    rules: dict[str, list[int]] = defaultdict(list)
    named = [row for row in findings if table and table.text(row, "severity") in NAMED_SEVERITIES]
    for number, row in enumerate(named, 1):
        rules[(table.text(row, "rule_title") if table else None) or "其他"].append(number)
    for title, numbers in rules.items():
        shown = "、".join(str(number) for number in numbers)
        yield LetterText("finding", f"{title}：见问题 {shown}", "□　")
    if rules:
        yield LetterText("text", "请于　　月　　日前改正后重新报送（文件名中注明“更正”），或书面说明理由。")
    else:
        yield LetterText("text", "没有必须改正的内容。")


def _cells(rows: YearRows, table: Mart, row: Row, columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(shown_text(rows.warehouse, table, row, table.column(name)) for name in columns)


def _placed(rows: YearRows, places: Places, table: Mart, row: Row, columns: Sequence[str]) -> tuple[str, ...]:
    return (*_cells(rows, table, row, columns), places.of(table, row).text)
