"""The report's pages: one a comparison, a township, a project category, an indicator; each with figures and tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from warehouse.publication.marts.facts import ONE_TOWNSHIP, Facts, YearFacts, advice_for, year_name
from warehouse.publication.marts.tables import Mart
from warehouse.publication.marts.values import judged_ratio
from warehouse.publication.marts.years import YearRows
from warehouse.publication.report.cells import ReportCell, ReportHeading, ReportLine
from warehouse.publication.report.decisions import SOURCE, ChiefDecision, Desk, decisions_of
from warehouse.publication.report.evidence import ground_of_comparisons
from warehouse.publication.report.figures import ReportFigure, figures_of, own_curve
from warehouse.publication.report.schedule import PLAN, PROJECT, TOTAL, same_plans
from warehouse.publication.report.tables import ReportTable, RowsView, TableMaker
from warehouse.publication.report.townships import township_facts, township_table

FIRST_ROWS = 12
"""So many of the most striking rows stand on the first page."""

TOWNSHIP_TABLES = (
    *("review_findings", "cost_comparison", "cost_share", "budget_comparison", "standard_comparison"),
    *(
        "carryover_ageing",
        "filed_twice",
        "document_totals",
        "target_comparison",
        "missing_items",
        "schedule_comparison",
    ),
    *("deadline_comparison", "year_over_year", "target_against_actual", "target_versus_actual"),
    *("plan_against_evaluation", "execution", "score_comparison", "review_results", "text_reuse"),
    *("filing_quality", "coverage"),
)
"""What a township's page shows; what it must correct comes first."""

CATEGORY_TABLES = ("budget_comparison", "cost_comparison", "schedule_comparison", "deadline_comparison")
INDICATOR_TABLES = ("cost_comparison", "target_comparison", "deadline_comparison", "target_versus_actual")


FIRST_FIGURES = ("schedule_comparison", "budget_comparison")
Drawn = dict[str, tuple[ReportFigure, ...]]
"""The drawings of each mart, each drawn once."""


@dataclass(frozen=True, slots=True)
class Handout:
    """Something that is handed to a township: its name and its address beside the report."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the report; ``notes`` are what a reader must know first, ``facts`` are (name, value) pairs.

    ``picture`` is the address of the one cell that the page is about.
    """

    anchor: str
    kind: str
    title: str
    lead: str = ""
    group: str = ""
    sample: bool = False
    notes: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    picture: str = ""
    handouts: tuple[Handout, ...] = ()
    decisions: tuple[ChiefDecision, ...] = ()
    figures: tuple[ReportFigure, ...] = ()
    tables: tuple[ReportTable | RowsView, ...] = ()


def make_pages(
    rows: YearRows, maker: TableMaker, facts: Facts, handouts: Mapping[str, tuple[Handout, ...]]
) -> list[Page]:
    """Make all pages of one year, in reading order."""
    anchors = maker.links.anchors
    counted = next((each for each in facts.years if each.year == rows.year), None)
    decided = decisions_of(Desk(rows, counted, maker.sources, maker.links)) if counted else ()
    drawn = {table.name: figures_of(table.name, rows, maker.links) for table in rows.warehouse.marts()}
    pages = [_overview(rows, maker, facts, drawn, decided)]
    pages += [_sheet(number, decision) for number, decision in enumerate(decided, 1) if decision.facts]
    pages += [_comparison(rows, table, drawn) for table in rows.warehouse.marts()]
    for name, anchor in anchors["township"].items():
        made = _tables(rows, anchor, TOWNSHIP_TABLES, "township", name)
        sample, own = name in maker.samples, township_facts(rows, name)
        figures = own_curve(rows, name)
        given = handouts.get(name, ())
        pages.append(
            Page(anchor, "township", name, sample=sample, facts=own, handouts=given, figures=figures, tables=made)
        )
    for name, anchor in anchors["category"].items():
        made = _tables(rows, anchor, CATEGORY_TABLES, "project_category", name)
        pages.append(Page(anchor, "category", name, tables=made))
    for name, anchor in anchors["indicator"].items():
        made = _tables(rows, anchor, INDICATOR_TABLES, "indicator", name)
        pages.append(Page(anchor, "indicator", name, group=rows.indicators[name], tables=made))
    return pages


def _overview(
    rows: YearRows, maker: TableMaker, facts: Facts, drawn: Drawn, decided: tuple[ChiefDecision, ...]
) -> Page:
    figures = tuple(figure for mart in FIRST_FIGURES for figure in drawn.get(mart, ()))
    made = _striking(rows, maker, "cost_comparison", "outlier", "high", "成本明显偏高")
    made += _striking(rows, maker, "budget_comparison", "outlier", "high", "预算明显偏高")
    made += _striking(rows, maker, "coverage", "status", "missing", "未报")
    made += _striking(rows, maker, "coverage", "status", "late", "迟报")
    if facts.rejected:
        made.append(_rejected(facts))
    made += [township_table(rows, maker)] if rows.townships else []
    others = tuple(year_name(each.year) for each in facts.years if each.year != rows.year)
    notes = tuple(said for said in facts.caveats if not said.startswith(others))
    return Page("overview", "overview", "总览", notes=notes, decisions=decided, figures=figures, tables=tuple(made))


def _sheet(number: int, decision: ChiefDecision) -> Page:
    """Make the sheet of evidence of one decision: on one printed page the sum, its formula, its rule, its cell, the peers."""
    peers = (decision.peers,) if decision.peers else ()
    said = (*decision.facts, ("法规依据", ground_of_comparisons()))
    cell = next((link.href for link in decision.links if link.title == SOURCE), "")
    return Page(f"d{number}", "decision", decision.title, decision.sentence, facts=said, picture=cell, tables=peers)


def _striking(rows: YearRows, maker: TableMaker, mart: str, column: str, code: str, title: str) -> list[ReportTable]:
    table = rows.warehouse.mart(mart)
    found = [row for row in rows.of(mart) if table and table.text(row, column) == code]
    if table is None or not found:
        return []
    found.sort(key=lambda row: -judged_ratio(table, row))
    more = f"（前 {FIRST_ROWS} 条，共 {len(found)} 条，全部见“{table.title}”）" if len(found) > FIRST_ROWS else ""
    said = () if column == "outlier" else (column,)  # 村均明显偏高 says against what
    return [maker.make(table, found[:FIRST_ROWS], without=said, title=f"{title}{more}")]


def _rejected(facts: Facts) -> ReportTable:
    headings = (
        ReportHeading("文件名", "", "file_name"),
        ReportHeading("情况", "", "detail"),
        ReportHeading("怎么办", "", "advice"),
    )
    lines = tuple(
        ReportLine(
            (ReportCell(file.file_name), ReportCell(file.detail or file.reason), ReportCell(advice_for(file))),
            None,
            striking=True,
        )
        for file in facts.rejected
    )
    return ReportTable("rejected", "退回文件", "这些文件没有读入，不在任何对比中。", headings, lines, "")


def _comparison(rows: YearRows, table: Mart, drawn: Drawn) -> Page:
    own = rows.of(table.name)
    alone = len(rows.townships) == 1
    notes = (f"{ONE_TOWNSHIP}：中位数、名次等列没有意义，收到其他乡镇的文件后自动补齐。",) if alone and own else ()
    empty = EMPTY.get(table.name, "没有可列的内容。")
    made: tuple[ReportTable | RowsView, ...] = (RowsView(table.name, table.title, len(own), empty),)
    if table.name == "schedule_comparison":
        projects = {
            tuple(table.value(row, name) for name in PLAN) for row in own if table.text(row, "scope") == "project"
        }
        totals = {
            tuple(table.value(row, name) for name in PLAN) for row in own if table.text(row, "scope") != "project"
        }
        made = (
            RowsView(table.name, "全县和各乡镇", len(totals), empty, "scope", value=TOTAL),
            same_plans(table, own),
            RowsView(table.name, "各项目", len(projects), empty, "scope", value=PROJECT),
        )
    lead, figures = f"{table.meaning}。", drawn.get(table.name, ())
    return Page(table.name, "comparison", table.title, lead, notes=notes, figures=figures, tables=made)


EMPTY = {
    "year_over_year": "没有乡镇在相邻两年都有报送文件，暂无可对比的年度。",
    "target_versus_actual": "没有收到绩效自评文件。",
    "text_reuse": "没有发现雷同文字。",
    "review_findings": "没有发现问题。",
    "deadline_comparison": "没有写明完成日期的指标。",
    "cost_comparison": "没有以元计值的成本指标。",
    "cost_share": "没有能与数量指标对应的单价。",
    "standard_comparison": "config/standards.csv 没有登记按村、按人等计算的补助标准（applies_to 为“预算”）。",
    "carryover_ageing": "没有以前年度的结转资金。",
    "document_totals": "没有文件在文字部分写明编报项目数和涉及资金。",
    "filed_twice": "没有发现疑似重复申报的项目。",
    "missing_items": "没有其他乡镇普遍设置而个别乡镇缺少的项目和指标；同类乡镇不足6个时不比较。",
    "target_against_actual": "没有乡镇既有上年自评又有本年绩效目标。",
    "plan_against_evaluation": "没有发现自评时改动目标。",
    "score_comparison": "没有收到写明得分的绩效自评文件。",
    "execution": "没有收到写明执行数的绩效自评文件。",
}
"""What a comparison without rows says."""


def _tables(rows: YearRows, anchor: str, marts: Sequence[str], column: str, name: str) -> tuple[RowsView, ...]:
    without = "indicator level2_group" if column == "indicator" else column
    made: list[RowsView] = []
    for mart in marts:
        table, own = rows.warehouse.mart(mart), rows.where(mart, column, name)
        if table is not None and own:
            counted = (
                len({tuple(table.value(row, n) for n in PLAN) for row in own})
                if mart == "schedule_comparison"
                else len(own)
            )
            made.append(RowsView(mart, table.title, counted, "", column, anchor, without=without))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Card:
    """One figure of the first page; ``mart`` names the page that lists what was counted."""

    name: str
    figure: str
    mart: str
    tone: str = ""


def cards_of(counted: YearFacts) -> tuple[Card, ...]:
    """Give the cards of the first page."""
    budget = "—" if counted.budget_yuan is None else f"{counted.budget_yuan / 10000:,.2f} 万元"
    return (
        Card("乡镇", str(counted.townships), "coverage"),
        Card("报送文件", str(counted.filings), "coverage"),
        Card("项目", str(counted.projects), "budget_comparison"),
        Card("预算合计", budget, "budget_comparison"),
        Card("绩效指标", f"{counted.indicators:,}", "target_comparison"),
        Card("成本明显偏高", str(counted.costs_high), "cost_comparison", "bad" if counted.costs_high else ""),
        Card(
            "指标值明显偏松", str(counted.targets_looser), "target_comparison", "warn" if counted.targets_looser else ""
        ),
        Card("须改正的问题", str(counted.errors), "review_findings", "bad" if counted.errors else ""),
        Card("请核对的问题", str(counted.warnings), "review_findings", "warn" if counted.warnings else ""),
        Card("未报乡镇", str(len(counted.missing)), "coverage", "bad" if counted.missing else ""),
    )
