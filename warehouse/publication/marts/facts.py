"""The figures and caveats that open every publication: how much was compared, and what it must not be taken for."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb

from extractors.rejection import ADVICE, Reason
from warehouse.publication.marts.filings import FilingSource, RejectedSource
from warehouse.publication.marts.tables import Mart, Warehouse

ONE_TOWNSHIP = "只有一个乡镇，暂无可比对象"
NO_FILING = "还没有可以对比的报送文件"
SAMPLE_TAG = "虚构样例"


@dataclass(frozen=True, slots=True)
class YearFacts:
    """What one fiscal year holds; ``budget_yuan`` is None where no project has an amount."""

    year: int | None
    townships: int
    filings: int
    projects: int
    indicators: int
    budget_yuan: Decimal | None
    costs_high: int
    costs_low: int
    targets_looser: int
    errors: int
    warnings: int
    missing: tuple[str, ...]
    late: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """What a publication is about; ``caveats`` are whole Chinese sentences, the gravest first."""

    published_on: date | None
    county: str | None
    years: tuple[YearFacts, ...]
    filings: tuple[FilingSource, ...]
    invented: tuple[FilingSource, ...]
    rejected: tuple[RejectedSource, ...]
    caveats: tuple[str, ...]


def gather_facts(warehouse: Warehouse, published_on: date | None) -> Facts:
    """Count what is published and write down what a reader must know before using it."""
    current = warehouse.current_filings()
    counties = {filing.county for filing in current if filing.county}
    years = tuple(_year_facts(warehouse, year) for year in warehouse.years())
    invented = tuple(filing for filing in current if filing.invented)
    return Facts(
        published_on=published_on,
        county=counties.pop() if len(counties) == 1 else None,
        years=years,
        filings=current,
        invented=invented,
        rejected=warehouse.rejected,
        caveats=tuple(_caveats(warehouse, current, years, invented)),
    )


def year_name(year: int | None) -> str:
    """Give a fiscal year as a heading."""
    return "年度不明" if year is None else f"{year}年"


def advice_for(rejected: RejectedSource) -> str:
    """Give what the clerk can do about a rejected file; to ask, for a reason that the readers don't list."""
    codes = {reason.value: ADVICE[reason] for reason in Reason}
    return codes.get(rejected.reason, "请将此文件转交维护人员。")


def _year_facts(warehouse: Warehouse, year: int | None) -> YearFacts:
    current = warehouse.current_filings(year)
    total = _ask(warehouse, "budget_comparison", "sum(total_yuan)", "status = 'filed'", year)

    coverage = warehouse.mart("coverage")
    seen = list(warehouse.rows(coverage, ("township",), year=year)) if coverage else []

    def listed(status: str) -> tuple[str, ...]:
        names = (coverage.text(row, "township") for row in seen if coverage and coverage.text(row, "status") == status)
        return tuple(dict.fromkeys(name for name in names if name))

    return YearFacts(
        year=year,
        townships=len({(filing.county, filing.township) for filing in current}),
        filings=len(current),
        projects=_count(warehouse, "budget_comparison", "coalesce(sum(projects), 0)", "status = 'filed'", year),
        indicators=_count(warehouse, "target_comparison", "count(*)", "true", year),
        budget_yuan=total if isinstance(total, Decimal) else None,
        costs_high=_count(warehouse, "cost_comparison", "count(*)", "outlier = 'high'", year),
        costs_low=_count(warehouse, "cost_comparison", "count(*)", "outlier = 'low'", year),
        targets_looser=_count(warehouse, "target_comparison", "count(*)", "strictness = 'looser'", year),
        errors=_count(warehouse, "review_findings", "count(*)", "severity = 'error'", year),
        warnings=_count(warehouse, "review_findings", "count(*)", "severity = 'warning'", year),
        missing=listed("missing"),
        late=listed("late"),
    )


def _ask(warehouse: Warehouse, mart: str, figure: str, condition: str, year: int | None) -> object:
    table: Mart | None = warehouse.mart(mart)
    if table is None:
        return None
    query = f"select {figure} from mart.{mart} where {condition} and fiscal_year is not distinct from ?"
    found = warehouse.connection.execute(query, [year]).fetchone()
    return found[0] if found else None


def _count(warehouse: Warehouse, mart: str, figure: str, condition: str, year: int | None) -> int:
    return int(str(_ask(warehouse, mart, figure, condition, year) or 0))


def _caveats(
    warehouse: Warehouse,
    current: tuple[FilingSource, ...],
    years: tuple[YearFacts, ...],
    invented: tuple[FilingSource, ...],
) -> list[str]:
    caveats: list[str] = []
    if not current:
        caveats.append(f"{NO_FILING}：请将报送文件放入收件目录后重新运行。")
    if invented:
        share = "全部" if len(invented) == len(current) else f"{len(current)} 个文件中有 {len(invented)} 个"
        caveats.append(f"{share}是{SAMPLE_TAG}（表中注明“{SAMPLE_TAG}”），只供演示和试用，不得作为工作依据。")
    for facts in years:
        if facts.townships == 1:
            caveats.append(f"{year_name(facts.year)}{ONE_TOWNSHIP}：中位数、名次等比较列没有意义。")
        if facts.missing:
            caveats.append(f"{year_name(facts.year)}有 {len(facts.missing)} 个乡镇未报：{'、'.join(facts.missing)}。")
        if facts.year is None:
            caveats.append(f"有 {facts.filings} 个文件没有写明预算年度，单独列出，不与其他年度比较。")
    nameless = [filing.file_name for filing in current if not filing.township]
    if nameless:
        caveats.append(f"{len(nameless)} 个文件没有识别出乡镇：{'、'.join(nameless)}。请核对文件标题，或补充乡镇名录。")
    if warehouse.rejected:
        caveats.append(f"{len(warehouse.rejected)} 个文件被退回，未计入对比；原因和处理办法见“退回文件”。")
    for facts in years:
        few = _count(warehouse, "cost_comparison", "count(*)", "outlier = 'too_few_peers'", facts.year)
        if few:
            caveats.append(f"{year_name(facts.year)}有 {few} 条成本指标的可比乡镇太少，不判断是否偏高偏低。")
    unread = sum(_count(warehouse, "coverage", "coalesce(sum(unread_cells), 0)", "true", f.year) for f in years)
    if unread:
        caveats.append(f"{unread} 个单元格未能识别，未计入对比；各文件的个数见“报送情况”。")
    return caveats + _decided(warehouse)


def _decided(warehouse: Warehouse) -> list[str]:
    """Say how many of the figures that the reader was not sure of a person has confirmed, changed or left out."""
    try:
        rows = warehouse.connection.execute(_DECIDED).fetchall()
    except duckdb.CatalogException:  # a database without doubts: made before there were any
        return []
    counts = {str(decision): int(count) for decision, count in rows}
    total = sum(counts.values())
    if not total:
        return []
    parts = "、".join(f"{word} {counts[code]} 处" for code, word in _DECISIONS.items() if code in counts)
    return [f"由人工确认 {total} 处（{parts}）。"]


_DECISIONS = {"accepted": "照原文采用", "corrected": "更正", "excluded": "不采用"}
_DECIDED = """
select d.decision, count(distinct (d.filing_id, d.table_no, d.row_no, d.col_no, d.field))
from core.doubts as d
inner join core.filings as f on d.filing_id = f.filing_id and f.is_current
where d.decision <> 'open'
group by d.decision
order by d.decision
"""
