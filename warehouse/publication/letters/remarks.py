"""What a letter asks a township to correct or to check: one item a kind of fault, the gravest and dearest first."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from warehouse.publication.letters.letterhead import LetterText
from warehouse.publication.marts.places import Places
from warehouse.publication.marts.tables import Mart, Row
from warehouse.publication.marts.years import YearRows

NAMED_SEVERITIES = {"error": "须改正", "warning": "请核对"}
DONE = ("answered", "settled", "waived")
"""States of findings that the township has nothing more to do about."""
MOST_ITEMS = 10
"""Nobody works through more; the rest stands in the tables that go with the letter."""
MOST_PLACES = 4
"""So many further places of one kind of fault are named, then their number."""


@dataclass(frozen=True, slots=True)
class LetterItem:
    """One kind of fault of a filing: its rows, the one with the most money first."""

    severity: str
    amount: float
    rows: tuple[Row, ...]


def remarks_of(rows: YearRows, township: str, doc_kind: str) -> list[LetterItem]:
    """Give what the township is told, by severity, money and number of places.

    What most townships do is one remark to the bureau; what only concerns the reading stays there as well.
    """
    table = rows.warehouse.mart("review_findings")
    if table is None:
        return []
    kinds: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows.where("review_findings", "township", township):
        severity = table.text(row, "severity") or ""
        if severity in NAMED_SEVERITIES and is_told(table, row) and table.text(row, "doc_kind") in (doc_kind, None):
            kinds[severity, table.text(row, "rule") or ""].append(row)
    remarks = [_item(table, severity, found) for (severity, _), found in kinds.items()]
    order = list(NAMED_SEVERITIES)
    return sorted(remarks, key=lambda one: (order.index(one.severity), -one.amount, -len(one.rows)))


def is_told(table: Mart, row: Row) -> bool:
    """Tell whether a finding goes to the township: neither the bureau's own affair, nor most townships', nor done."""
    is_own = table.text(row, "told_to") != "bureau" and not table.value(row, "is_shared")
    return is_own and table.text(row, "state") not in DONE


def _item(table: Mart, severity: str, found: Sequence[Row]) -> LetterItem:
    ranked = sorted(found, key=lambda row: -(table.number(row, "amount_yuan") or 0))
    return LetterItem(severity, table.number(ranked[0], "amount_yuan") or 0.0, tuple(ranked))


def write_remarks(rows: YearRows, places: Places, remarks: Sequence[LetterItem]) -> Iterator[LetterText]:
    """Write the items with their places in the township's own words: project, level, indicator, page."""
    yield LetterText("heading", "须改正和请核对的事项")
    table = rows.warehouse.mart("review_findings")
    if table is None or not remarks:
        yield LetterText("text", "按审核规则，未发现需要改正或核对的问题。")
        return
    for number, remark in enumerate(remarks[:MOST_ITEMS], 1):
        first, *others = remark.rows
        lead = f"{number}．【{NAMED_SEVERITIES[remark.severity]}】"
        yield LetterText("finding", table.text(first, "message") or "", lead)
        further = [_further(places, table, row) for row in others]
        named = "；".join(dict.fromkeys(further[:MOST_PLACES]))
        more = f" 等，同类共 {len(remark.rows)} 处" if len(further) > MOST_PLACES else ""
        said = f"位置：{whereabouts(places, table, first)}" + (f"。同类还有：{named}{more}" if further else "")
        yield LetterText("place", said)
    if left := remarks[MOST_ITEMS:]:
        count = sum(len(remark.rows) for remark in left)
        yield LetterText("text", f"另有 {len(left)} 类 {count} 处较轻的问题，见随函所附审核明细。")


def _further(places: Places, table: Mart, row: Row) -> str:
    """Give another place of the same kind of fault; of one that has no project, what is said of it."""
    if table.text(row, "project_name"):
        return whereabouts(places, table, row)
    return (table.text(row, "message") or "").rstrip("。")


def whereabouts(places: Places, table: Mart, row: Row) -> str:
    """Give a place as the township finds it in its own file: nobody counts tables and rows."""
    parts = []
    if project := table.text(row, "project_name"):
        parts.append(f"项目“{project}”")
    if indicator := table.text(row, "indicator_raw"):
        parts.append(f"{table.text(row, 'level2') or '指标'}“{indicator}”")
    place = places.of(table, row)
    if not parts:
        parts.append(place.words or "整份文件")
    return "".join(parts) + (f"（第{place.page}页）" if place.page else "")
