"""The remarks on a township's filings: each with its rule, its place, what was filed, what is expected."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from warehouse.publication.letters.remarks import is_told
from warehouse.publication.marts.tables import Mart, Row
from warehouse.publication.marts.values import shown_text
from warehouse.publication.marts.years import YearRows
from warehouse.publication.sources.links import SourceLinks

COMMENTED = ("error", "warning")
"""Severities that a comment is made of; hints stand in the list only."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding as a township gets it; ``cell`` is (table, row, column), each from 1, None where it names no cell."""

    number: int
    filing_id: str
    severity: str
    severity_name: str
    rule: str
    project: str
    indicator: str
    place: str
    cell: tuple[int, int, int | None] | None
    filed: str
    expected: str
    difference: str
    message: str


def remarks_of(rows: YearRows, sources: SourceLinks, township: str) -> tuple[Remark, ...]:
    """Give the findings of one year that a township is told, what must be corrected first."""
    table, found = rows.warehouse.mart("review_findings"), rows.where("review_findings", "township", township)
    return tuple(_remarks(rows, sources, table, [row for row in found if is_told(table, row)])) if table else ()


def _remarks(rows: YearRows, sources: SourceLinks, table: Mart, found: Sequence[Row]) -> Iterator[Remark]:
    def said(row: Row, name: str) -> str:
        return shown_text(rows.warehouse, table, row, table.column(name)) if name in table.positions else ""

    for number, row in enumerate(found, 1):
        yield Remark(
            number,
            table.text(row, "filing_id") or "",
            table.text(row, "severity") or "",
            said(row, "severity"),
            said(row, "rule_title"),
            said(row, "project_name"),
            said(row, "indicator_raw"),
            sources.places.of(table, row).text,
            sources.place_of(table, row),
            said(row, "evidence"),
            said(row, "figures"),
            said(row, "difference"),
            said(row, "message"),
        )
