"""What the section's chief has to decide: at most five sentences, ordered by certainty and by the money at stake.

Only what a comparison says clearly stands here; a value that is held, or has too few peers, never does. Every sentence
asks; none says that a township is at fault.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from warehouse.publication.marts.facts import YearFacts
from warehouse.publication.marts.tables import Mart, Row
from warehouse.publication.marts.values import WHOLE, format_value
from warehouse.publication.marts.views import shown_columns
from warehouse.publication.marts.years import YearRows, page_name
from warehouse.publication.report.evidence import COMPARISONS
from warehouse.publication.report.tables import PageLinks, RowsView
from warehouse.publication.sources.links import SourceLinks

MOST = 5
"""More than that nobody decides in one morning."""

MONEY_FIRST = 3
"""So many places are for money; what is missing or must be corrected never falls off the list."""

WAN = 10_000

SOURCE = "原件"
"""What the link to the filed cell is called."""


@dataclass(frozen=True, slots=True)
class DecisionLink:
    """Where to look: the filed cell, the others, the township's page."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class ChiefDecision:
    """One thing to decide; ``stake`` in yuan (None: no sum can be named), ``sure`` where there are peers enough.

    ``facts`` are what the sentence rests on, ``peers`` the rows that it compares with: together its sheet of evidence.
    """

    title: str
    sentence: str
    question: str
    stake: float | None
    sure: bool
    facts: tuple[tuple[str, str], ...] = ()
    links: tuple[DecisionLink, ...] = ()
    peers: RowsView | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """What decisions are made from: the year's rows and counts, the links to cells and to pages."""

    rows: YearRows
    counted: YearFacts
    sources: SourceLinks
    pages: PageLinks


def decisions_of(desk: Desk) -> tuple[ChiefDecision, ...]:
    """Give the decisions of a year in order: dear budgets and unit costs first, then what is missing or wrong."""
    money = sorted((*_budgets(desk), *_costs(desk)), key=lambda one: (not one.sure, -(one.stake or 0), one.title))
    others = [*_missing(desk), *_errors(desk)]
    first = money[: max(MONEY_FIRST, MOST - len(others))]
    return tuple((*first, *others)[:MOST])


def _budgets(desk: Desk) -> Iterator[ChiefDecision]:
    table = desk.rows.warehouse.mart("budget_comparison")
    for row in desk.rows.of("budget_comparison") if table else ():
        ratio, current = (
            (table.number(row, "ratio_compared"), table.number(row, "current_yuan")) if table else (None, None)
        )
        if table is None or table.text(row, "outlier") not in ("high", "few_high") or not ratio or not current:
            continue
        township, category = table.text(row, "township") or "", table.text(row, "project_category") or ""
        measure = table.text(row, "denominator") or WHOLE
        each = "" if measure == WHOLE else f"，每{measure} {_yuan(table, row, 'compared_yuan')} 元"
        median = _yuan(table, row, "county_median_compared_yuan" if measure != WHOLE else "county_median_yuan")
        usual = current / ratio
        per = "" if measure == WHOLE else f"每{measure}"
        yield ChiefDecision(
            f"{township}的{category}",
            f"{township}的{category}预算 {_wan(current)} 万元{each}，是 {_peers(table, row)} 个乡镇{per}中位数（{median} 元）的 "
            f"{ratio:.2f} 倍；照中位数算是 {_wan(usual)} 万元，多 {_wan(current - usual)} 万元。",
            "请定：请乡镇说明理由，还是核减。",
            current - usual,
            table.text(row, "outlier") == "high",
            (
                ("当年预算", f"{format_value(table.column('current_yuan'), table.value(row, 'current_yuan'))} 元"),
                ("比较口径", measure),
                ("中位数", f"{median} 元"),
                ("可比乡镇", f"{_peers(table, row)} 个"),
                ("算式", f"{_wan(current)} 万元 − {_wan(current)} 万元 ÷ {ratio:.4f} = {_wan(current - usual)} 万元"),
                ("依据", _rule(table, row)),
            ),
            _links(desk, table, row, "category", "project_category"),
            _peer_rows(desk, table, row, "category", "project_category", category),
        )


def _costs(desk: Desk) -> Iterator[ChiefDecision]:
    table, villages = desk.rows.warehouse.mart("cost_comparison"), _villages(desk.rows)
    for row in desk.rows.of("cost_comparison") if table else ():
        ratio, middle = (
            (table.number(row, "ratio_to_median"), table.number(row, "county_median_yuan")) if table else (None, None)
        )
        if table is None or table.text(row, "outlier") not in ("high", "few_high") or not ratio or not middle:
            continue
        more = table.number(row, "difference_yuan") or middle * (ratio - 1)
        township, indicator = table.text(row, "township") or "", table.text(row, "indicator") or ""
        unit = table.text(row, "unit") or "元"
        count = villages.get(township) if table.text(row, "per_what") == "村" else None
        per_what = table.text(row, "per_what")
        total = more * count if count else more if per_what is None else None
        if total is None:
            spent = f"每{per_what}多 {more:,.2f} 元，数量未写明，总额算不出"
        else:
            spent = f"{f'×{count:g} 村，' if count else ''}比照中位数多 {_wan(total)} 万元"
        median = _yuan(table, row, "county_median_yuan")
        yield ChiefDecision(
            f"{township}的{indicator}",
            f"{township}{table.text(row, 'project_name') or ''}的{indicator} {_yuan(table, row, 'compared_yuan') or _yuan(table, row, 'value_yuan')} {unit}，是 "
            f"{_peers(table, row)} 个乡镇中位数（{median} 元）的 {ratio:.2f} 倍；{spent}。",
            "请定：请乡镇说明标准的依据，还是改为中位数附近。",
            total,
            table.text(row, "outlier") == "high",
            (
                ("指标值（原文）", table.text(row, "target_raw") or ""),
                ("中位数", f"{median} 元"),
                ("各乡镇", f"{_yuan(table, row, 'county_min_yuan')}—{_yuan(table, row, 'county_max_yuan')} 元"),
                ("可比乡镇", f"{_peers(table, row)} 个"),
                ("计价方式", desk.rows.warehouse.label(table, "price_kind", table.value(row, "price_kind"))),
                ("算式", f"比较金额 − 中位数 = {more:,.2f} 元；÷ 中位数 = {ratio:.2f}"),
                ("依据", _rule(table, row)),
            ),
            _links(desk, table, row, "indicator", "indicator"),
            _peer_rows(desk, table, row, "indicator", "indicator", page_name(table, row, "indicator")),
        )


def _missing(desk: Desk) -> Iterator[ChiefDecision]:
    names = desk.counted.missing
    if names:
        said = "、".join(names[:8]) + (f" 等 {len(names)} 个乡镇" if len(names) > 8 else "")
        link = DecisionLink("报送情况", "#coverage")
        yield ChiefDecision(
            f"{len(names)} 个乡镇未报",
            f"{said}还没有报送绩效目标，全部比较都不含它们。",
            "请定：何时催报。",
            None,
            True,
            links=(link,),
        )


def _errors(desk: Desk) -> Iterator[ChiefDecision]:
    table, found = desk.rows.warehouse.mart("review_findings"), desk.rows.of("review_findings")
    wrong = [row for row in found if table and table.text(row, "severity") == "error"]
    if table and wrong:
        townships = list(dict.fromkeys(table.text(row, "township") or "" for row in wrong))
        said = "、".join(townships[:6]) + (f" 等 {len(townships)} 个乡镇" if len(townships) > 6 else "")
        label = desk.rows.warehouse.label(table, "severity", "error")
        yield ChiefDecision(
            f"{len(wrong)} 处须改正",
            f"{said}的报送文件有 {len(wrong)} 处须改正；有关的数改正以前不参与比较。",
            "请定：退回修改的期限。",
            None,
            True,
            links=(DecisionLink("逐条看", f"#review_findings?q={label}"),),
        )


def _links(desk: Desk, table: Mart, row: Row, kind: str, column: str) -> tuple[DecisionLink, ...]:
    found = (
        (SOURCE, desk.sources.href_of(table, row)),
        ("各乡镇", desk.pages.href(kind, page_name(table, row, column))),
        ("这个乡镇和给它的反馈单", desk.pages.href("township", table.text(row, "township"))),
    )
    return tuple(DecisionLink(title, href) for title, href in found if href)


def _peer_rows(desk: Desk, table: Mart, row: Row, kind: str, column: str, name: str) -> RowsView | None:
    href = desk.pages.href(kind, name)
    count = len(desk.rows.where(table.name, column, name))
    if href is None:
        return None
    said = (*COMPARISONS[table.name].columns, "value_yuan")  # one page holds no more
    without = " ".join(one.name for one in shown_columns(table) if one.name not in said)
    return RowsView(
        table.name,
        f"同一{table.column(column).heading}的各乡镇",
        count,
        "",
        column,
        href.removeprefix("#"),
        without=without,
    )


def _villages(rows: YearRows) -> Mapping[str, float]:
    table = rows.warehouse.mart("budget_comparison")
    found = (
        (table.text(row, "township"), table.number(row, "villages")) for row in rows.of("budget_comparison") if table
    )
    return {township: villages for township, villages in found if township and villages}


def _rule(table: Mart, row: Row) -> str:
    score = table.number(row, "robust_score")
    said = f"偏离程度 {score:.1f}；" if score is not None else ""
    mark = table.text(row, "outlier") or ""
    clauses = [part for part in table.column("outlier").meaning.split("；") if mark in re.split(r"[ 、]", part)]
    return said + "；".join(clause.removeprefix(f"{mark} ") for clause in clauses or (table.column("outlier").meaning,))


def _peers(table: Mart, row: Row) -> int:
    return table.whole(row, "peers") or 0


def _yuan(table: Mart, row: Row, name: str) -> str:
    return format_value(table.column(name), table.value(row, name)) if name in table.positions else ""


def _wan(yuan: float | None) -> str:
    return f"{(yuan or 0) / WAN:,.2f}"
